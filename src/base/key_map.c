#include "base/key_map.h"

#include <stdlib.h>

#include "base/mem.h"

#define SLOTS_MIN 16

static uint64_t mix(uint64_t h, int64_t v) {
    h = (h ^ (uint64_t)v) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 29;
}

static size_t slot_of(const struct key_map *m, struct key k) {
    size_t i = (size_t)(mix(mix(mix(0, k.a), k.b), k.c) >> 16) & (m->slot_count - 1);
    while (m->slots[i] != 0) {
        const struct key *at = &m->keys[m->slots[i] - 1];
        if (at->a == k.a && at->b == k.b && at->c == k.c) {
            break;
        }
        i = (i + 1) & (m->slot_count - 1);
    }
    return i;
}

static void grow(struct key_map *m) {
    m->slot_count = m->slot_count == 0 ? SLOTS_MIN : m->slot_count * 2;
    free(m->slots);
    m->slots = mem_array(m->slot_count, sizeof *m->slots);
    for (size_t i = 0; i < m->count; i++) {
        m->slots[slot_of(m, m->keys[i])] = i + 1;
    }
}

size_t key_map_find(const struct key_map *m, struct key k) {
    size_t at = m->slot_count == 0 ? 0 : m->slots[slot_of(m, k)];
    return at == 0 ? KEY_NONE : at - 1;
}

size_t key_map_add(struct key_map *m, struct key k) {
    if (m->count * 2 >= m->slot_count) {
        grow(m);
    }
    size_t slot = slot_of(m, k);
    if (m->slots[slot] == 0) {
        m->keys = mem_grow(m->keys, m->count, &m->capacity, sizeof *m->keys);
        m->keys[m->count++] = k;
        m->slots[slot] = m->count;
    }
    return m->slots[slot] - 1;
}

void key_map_clear(struct key_map *m) {
    free(m->keys);
    free(m->slots);
    *m = (struct key_map){0};
}
