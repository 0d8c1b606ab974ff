/* Commission plans as INI files (CLI, KPI and commission). */
#ifndef IO_PLAN_FILE_H
#define IO_PLAN_FILE_H

#include "base/buf.h"
#include "chotdon/plan.h"

/* Reads and checks a plan without storing it. Faults are ERR_INVALID, headed by `FILE:LINE:` where a line is to blame;
 * an unknown section, key or product group is one. plan_clear it, also after an error. */
enum err_code plan_file_read(struct shop *shop, const char *path, struct plan *out, struct err *e);

/* A stored plan by its code (plan_get), else the file of that name. ERR_NOT_FOUND. */
enum err_code plan_file_open(struct shop *shop, const char *word, struct plan *out, struct err *e);

/* Reads and stores it as plan_put does; its refusals name the line, too. `out` gets what was stored. */
enum err_code plan_file_import(struct shop *shop, const char *path, const char *start, const char *reason,
                               struct plan *out, enum put_result *result, struct err *e);

/* The file that would be read as this plan. */
void plan_file_write(const struct plan *p, const struct currency *currency, struct buf *out);

/* Every term as a key and a text ("cap", "tiers.50000000"), in the file's order; borrowed during the call. */
typedef void plan_term_fn(void *ctx, const char *section, const char *key, const char *value);
void plan_terms(const struct plan *p, const struct currency *currency, plan_term_fn *term, void *ctx);

/* The terms that differ: key, value in a and in b, "" where it has none. */
typedef void plan_diff_fn(void *ctx, const char *key, const char *a, const char *b);
void plan_diff(const struct plan *a, const struct plan *b, const struct currency *currency, plan_diff_fn *row,
               void *ctx);

#endif
