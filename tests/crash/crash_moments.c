#include "crash_moments.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "disk_files.h"

size_t crash_moments_new(struct crash_shop *c, struct crash_moment **out) {
    struct crash_moment *list = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (const struct crash_step *step = crash_steps; step->name != NULL; step++) {
        struct err e = ERR_INIT;
        list = mem_grow(list, count, &capacity, sizeof *list);
        struct crash_moment *m = &list[count++];
        *m = (struct crash_moment){.step = step, .folder = disk_folder_new(), .was = *c};
        disk_folder_copy(c->folder, m->folder);
        m->before = crash_books(c->path);
        crash_shop_open(c);
        if (step->run(c, &e) != ERR_OK) {
            fprintf(stderr, "%s: %s\n", step->name, e.message);
            abort();
        }
        shop_close(&c->shop);
        m->after = crash_books(c->path);
    }
    *out = list;
    return count;
}

void crash_moments_free(struct crash_moment *m, size_t count) {
    for (size_t i = 0; i < count; i++) {
        disk_folder_free(m[i].folder);
    }
    free(m);
}

void crash_moment_lay_out(struct crash_shop *c, const struct crash_moment *m) {
    shop_close(&c->shop);
    *c = m->was;
    disk_folder_copy(m->folder, c->folder);
}

void crash_moment_return(struct crash_shop *c, const struct crash_moment *m) {
    crash_moment_lay_out(c, m);
    crash_shop_open(c);
}
