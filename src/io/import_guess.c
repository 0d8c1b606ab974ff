/* Which kind of file it is, and of which program, by its headers alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "io/config.h"
#include "io/import_core.h"
#include "io/import_preview.h"

struct guess {
    enum kind_id kind;
    char profile[IMPORT_PROFILE_NAME_MAX];
    bool sure;
    int score; /* columns that mean something, less those that do not */
};

static void judge(const struct kind *kind, const struct csv_record *header, bool *sure, int *score) {
    int at[KIND_COLUMNS_MAX];
    bool *used = mem_array(header->count, sizeof *used);
    import_find_columns(kind, header, at, used);
    *sure = true;
    *score = 0;
    for (size_t i = 0; i < kind->count; i++) {
        *score += at[i] >= 0 ? 3 : 0;
        *sure = *sure && (at[i] >= 0 || (kind->columns[i].flags & KIND_REQUIRED) == 0);
    }
    for (size_t i = 0; i < header->count; i++) {
        *score -= used[i] ? 0 : 1;
    }
    free(used);
}

/* A sure guess beats one that is not; else the higher score, and the earlier one on a tie. */
static void consider(struct guess *best, const struct csv_record *header, const char *profile) {
    for (int id = 0; kind_is_import((enum kind_id)id); id++) {
        struct guess g = {.kind = (enum kind_id)id};
        judge(kind_info(g.kind), header, &g.sure, &g.score);
        if ((g.sure && !best->sure) || (g.sure == best->sure && g.score > best->score)) {
            snprintf(g.profile, sizeof g.profile, "%s", profile);
            *best = g;
        }
    }
}

static enum err_code read_header(const char *path, const struct profile *profile, struct guess *best, const char *name,
                                 struct err *e) {
    struct csv_options options = {.delimiter = profile_delimiter(profile)};
    struct csv_reader *reader = NULL;
    const struct csv_record *header = NULL;
    enum err_code rc = csv_reader_open(path, &options, &reader, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct profile_reader *rows = profile_reader_new(reader, profile);
    do {
        rc = profile_reader_next(rows, &header, e);
    } while (rc == ERR_OK && header != NULL && header->kind == CSV_BLANK);
    if (rc == ERR_OK && header != NULL && header->kind == CSV_ROW) {
        consider(best, header, name);
    }
    profile_reader_free(rows);
    csv_reader_free(reader);
    return rc;
}

/* A profile counts only where it makes all columns that the kind must have. */
static enum err_code try_profile(const char *path, const char *name, const struct config *config, struct guess *best,
                                 struct err *e) {
    struct guess other = {.score = -1};
    struct profile *p = NULL;
    enum err_code rc = strlen(name) < IMPORT_PROFILE_NAME_MAX ? profile_find(name, config, &p, NULL) : ERR_INVALID;
    if (rc != ERR_OK) { /* one that is not well formed is named when it is chosen */
        return ERR_OK;
    }
    rc = read_header(path, p, &other, name, e);
    profile_free(p);
    if (rc == ERR_OK && other.sure && (!best->sure || other.score > best->score)) {
        *best = other;
    }
    return rc;
}

/* Headers that say nothing: the file's name may, as exports are named for their kind. */
static void guess_by_name(const char *path, struct guess *best) {
    const char *slash = strrchr(path, '/');
    char *folded = text_fold(slash == NULL ? path : slash + 1);
    for (int id = 0; kind_is_import((enum kind_id)id); id++) {
        if (strstr(folded, kind_info((enum kind_id)id)->name) != NULL) {
            best->kind = (enum kind_id)id;
        }
    }
    free(folded);
}

enum err_code import_guess(const char *path, const struct config *config, enum kind_id *kind,
                           char profile[IMPORT_PROFILE_NAME_MAX], bool *sure, struct err *e) {
    struct guess best = {.kind = KIND_ORDERS};
    struct profile *plain = profile_new();
    enum err_code rc = import_check_file(path, e);
    if (rc == ERR_OK) {
        rc = read_header(path, plain, &best, "", e);
    }
    profile_free(plain);
    for (size_t i = 0; rc == ERR_OK && profile_name(i) != NULL; i++) {
        rc = try_profile(path, profile_name(i), config, &best, e);
    }
    for (size_t i = 0; rc == ERR_OK && config != NULL && config_import_name(config, i) != NULL; i++) {
        rc = try_profile(path, config_import_name(config, i), config, &best, e);
    }
    if (!best.sure && best.score <= 0) {
        guess_by_name(path, &best);
    }
    *kind = best.kind;
    *sure = best.sure;
    snprintf(profile, IMPORT_PROFILE_NAME_MAX, "%s", best.profile);
    return rc;
}
