/* Writes JSON to a stream: values go where they are called, commas and line ends look after themselves. */
#ifndef IO_JSON_H
#define IO_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define JSON_DEPTH_MAX 16

struct json {
    FILE *out; /* borrowed */
    int depth;
    bool array[JSON_DEPTH_MAX];
    bool filled[JSON_DEPTH_MAX];
    bool after_key;
};

void json_begin(struct json *j, FILE *out);
void json_object(struct json *j); /* opens { */
void json_array(struct json *j);  /* opens [ */
void json_end(struct json *j);    /* closes the innermost; a line end after the outermost */
void json_key(struct json *j, const char *key);

void json_text(struct json *j, const char *text); /* NULL is null; bytes that are not UTF-8 become U+FFFD */
void json_int(struct json *j, int64_t value);
void json_number(struct json *j, const char *digits); /* a number that is written already: "0.5" */
void json_bool(struct json *j, bool value);
void json_null(struct json *j);

/* Key and value in one. */
void json_key_text(struct json *j, const char *key, const char *text);
void json_key_int(struct json *j, const char *key, int64_t value);
void json_key_number(struct json *j, const char *key, const char *digits);
void json_key_bool(struct json *j, const char *key, bool value);

#endif
