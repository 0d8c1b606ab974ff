/* A product's supporting documents: manuals, certificates, photos of the label (DOMAIN 3). Only where they are is kept,
 * not what is in them. */
#ifndef CHOTDON_PRODUCT_DOCUMENT_H
#define CHOTDON_PRODUCT_DOCUMENT_H

#include <stddef.h>

#include "chotdon/shop.h"

struct product_document {
    char *title; /* unique among the product's, accents and case folded */
    char *path;  /* a file's path or an address like https://… */
};
struct product_documents {
    struct product_document *items;
    size_t count, cap;
};

/* In the order in which they were added. Clear *out afterwards, also on error. */
enum err_code product_documents_get(struct shop *shop, int64_t product_id, struct product_documents *out,
                                    struct err *e);
void product_documents_clear(struct product_documents *d);

/* Adds one, or gives the one with this title another path; an empty path takes it away (ERR_NOT_FOUND when there is
 * none). ERR_INVALID, field "document", for an empty title or a text that is too long or has control bytes. */
enum err_code product_document_put(struct shop *shop, int64_t product_id, const char *title, const char *path,
                                   struct err *e);

#endif
