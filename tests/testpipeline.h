/* A pipeline as the books keep it, for tests of the figures (rows of its own, so that nothing else need be built). */
#ifndef TESTS_TESTPIPELINE_H
#define TESTS_TESTPIPELINE_H

#include "chotdon/shop.h"

/* Staff AN (1, team Bắc 1), BINH (2, team Nam 2); sources Zalo (1), Facebook (2); stages P (101) C (102) Q (103)
 * won W (104) lost L (105), in pipeline 9; products G1 (1, group Gạo), N1 (2, no group); eight deals:
 *   D1 won  2026-10-20 10m AN Zalo, made 10-01, P 5 days, C 14 days, 3 activities and a note
 *   D2 won  2026-11-10  6m BINH Facebook, made 10-11, P→C→P→C→W
 *   D3 lost 2026-11-05  2m AN Zalo, made 10-15, reached Q, reason Giá
 *   D4 lost 2026-11-06  3m, nobody, no source, made 11-02, reached P, no reason
 *   D5 open in Q 5m 40% AN Zalo, made 11-03, closes 2026-12-10
 *   D6 open in P 1m 10% BINH no source, made 11-04, undated
 *   D7 open in C 2.5m 20% AN Facebook, made 09-30, should have closed 2026-10-31
 *   D8 merged into D1: counts nowhere */
struct shop *testpipeline_open(void);

#endif
