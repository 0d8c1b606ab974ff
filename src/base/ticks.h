/* How much time went by, whatever the clock of the day is set to. */
#ifndef BASE_TICKS_H
#define BASE_TICKS_H

#include <stdint.h>

int64_t ticks_us(void); /* microseconds since some moment of this machine, the same for all its programs */
int64_t ticks_ms(void);
void ticks_pause_us(int64_t us); /* less when a signal comes */

#endif
