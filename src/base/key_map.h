/* Every different key of three integers once: gives each a small number, 0, 1, 2 … in the order in which they came.
 * With an array beside it, indexed by that number, it is a map. */
#ifndef BASE_KEY_MAP_H
#define BASE_KEY_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KEY_NONE SIZE_MAX

struct key {
    int64_t a, b, c;
};
struct key_map {
    struct key *keys; /* by number; owned */
    size_t count, capacity;
    size_t *slots; /* number + 1; 0 is free */
    size_t slot_count;
};

size_t key_map_add(struct key_map *m, struct key k); /* its number, new or old */
size_t key_map_find(const struct key_map *m, struct key k);
void key_map_clear(struct key_map *m); /* a zeroed one is empty */

#endif
