#include "base/intern.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define BLOCK_SIZE ((size_t)256 * 1024)

struct slot {
    uint32_t hash;
    uint32_t number; /* INTERN_NONE: free */
};

struct intern {
    struct slot *slots; /* a power of two of them, at most half full */
    size_t slot_count;
    const char **texts;
    size_t text_cap;
    uint32_t count;
    char **blocks; /* where the texts stand */
    size_t block_count, block_cap;
    size_t bytes; /* of all texts */
    size_t left;  /* bytes free in the last block */
    char *at;
};

static uint32_t hash_of(const char *text, size_t len) {
    uint64_t h = 0x9E3779B97F4A7C15u ^ len;
    while (len >= 8) {
        uint64_t w;
        memcpy(&w, text, 8);
        h = (h ^ w) * 0xFF51AFD7ED558CCDu;
        h ^= h >> 32;
        text += 8;
        len -= 8;
    }
    uint64_t tail = 0;
    memcpy(&tail, text, len);
    h = (h ^ tail) * 0xC4CEB9FE1A85EC53u;
    h ^= h >> 32;
    h *= 0xFF51AFD7ED558CCDu;
    return (uint32_t)(h >> 32);
}

static void clear_slots(struct slot *slots, size_t count) {
    for (size_t i = 0; i < count; i++) {
        slots[i].number = INTERN_NONE;
    }
}

struct intern *intern_new(void) {
    struct intern *in = mem_zalloc(sizeof *in);
    in->slot_count = 64;
    in->slots = mem_array(in->slot_count, sizeof *in->slots);
    clear_slots(in->slots, in->slot_count);
    return in;
}

void intern_free(struct intern *in) {
    if (in == NULL) {
        return;
    }
    for (size_t i = 0; i < in->block_count; i++) {
        free(in->blocks[i]);
    }
    free(in->blocks);
    free(in->texts);
    free(in->slots);
    free(in);
}

/* The slot that holds the text, or the free one where it belongs. */
static struct slot *slot_of(const struct intern *in, const char *text, uint32_t hash) {
    size_t mask = in->slot_count - 1;
    size_t i = hash & mask;
    while (in->slots[i].number != INTERN_NONE &&
           (in->slots[i].hash != hash || strcmp(in->texts[in->slots[i].number], text) != 0)) {
        i = (i + 1) & mask;
    }
    return &in->slots[i];
}

static void grow(struct intern *in) {
    size_t count = in->slot_count * 2;
    struct slot *slots = mem_array(count, sizeof *slots);
    clear_slots(slots, count);
    for (size_t i = 0; i < in->slot_count; i++) {
        if (in->slots[i].number != INTERN_NONE) {
            size_t k = in->slots[i].hash & (count - 1);
            while (slots[k].number != INTERN_NONE) {
                k = (k + 1) & (count - 1);
            }
            slots[k] = in->slots[i];
        }
    }
    free(in->slots);
    in->slots = slots;
    in->slot_count = count;
}

static const char *keep(struct intern *in, const char *text, size_t size) {
    if (size > in->left) {
        size_t room = size > BLOCK_SIZE / 4 ? size : BLOCK_SIZE;
        in->blocks = mem_grow(in->blocks, in->block_count, &in->block_cap, sizeof *in->blocks);
        in->at = mem_alloc(room);
        in->left = room;
        in->blocks[in->block_count++] = in->at;
    }
    char *copy = in->at;
    memcpy(copy, text, size);
    in->at += size;
    in->left -= size;
    in->bytes += size;
    return copy;
}

uint32_t intern_add(struct intern *in, const char *text) {
    size_t len = strlen(text);
    uint32_t hash = hash_of(text, len);
    struct slot *slot = slot_of(in, text, hash);
    if (slot->number != INTERN_NONE) {
        return slot->number;
    }
    in->texts = mem_grow(in->texts, in->count, &in->text_cap, sizeof *in->texts);
    in->texts[in->count] = keep(in, text, len + 1);
    *slot = (struct slot){.hash = hash, .number = in->count};
    uint32_t number = in->count++;
    if ((size_t)in->count * 2 > in->slot_count) {
        grow(in);
    }
    return number;
}

uint32_t intern_find(const struct intern *in, const char *text) {
    return slot_of(in, text, hash_of(text, strlen(text)))->number;
}

const char *intern_text(const struct intern *in, uint32_t number) {
    return in->texts[number];
}

uint32_t intern_count(const struct intern *in) {
    return in->count;
}

size_t intern_bytes(const struct intern *in) {
    return in->bytes;
}
