/* Every different text once: a growing set of strings that gives each a small number, 0, 1, 2 … in the order in which
 * they came. With an array beside it, indexed by that number, it is a map from text to anything. */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include <stddef.h>
#include <stdint.h>

#define INTERN_NONE UINT32_MAX

struct intern;

struct intern *intern_new(void);
void intern_free(struct intern *in); /* accepts NULL */

uint32_t intern_add(struct intern *in, const char *text);          /* its number, new or old */
uint32_t intern_find(const struct intern *in, const char *text);   /* INTERN_NONE when it is not there */
const char *intern_text(const struct intern *in, uint32_t number); /* stays where it is until intern_free */
uint32_t intern_count(const struct intern *in);
size_t intern_bytes(const struct intern *in); /* what its texts take */

#endif
