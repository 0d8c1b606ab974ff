/* The table of keys, apart from the code that reads by it. */
#ifndef IO_CONFIG_TABLE_H
#define IO_CONFIG_TABLE_H

#include <stddef.h>

#include "io/config.h"

struct config_section {
    const char *name;
    const char *doc;
    const char *example; /* free sections: lines for config.ini.example, each a comment there; else NULL */
};

extern const struct config_key config_key_table[];
extern const size_t config_key_count;
extern const struct config_section config_section_table[];
extern const size_t config_section_count;

#endif
