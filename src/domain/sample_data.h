/* The sample shop's fixed data: a grocery that also sells wholesale and online. */
#ifndef DOMAIN_SAMPLE_DATA_H
#define DOMAIN_SAMPLE_DATA_H

#include <stddef.h>

enum sample_season { ALL_YEAR, FOR_TET, FOR_SUMMER, FOR_SCHOOL };

struct sample_product {
    const char *sku, *name;
    const char *group; /* path */
    const char *unit;
    int price, cost; /* đồng */
    int vat_pct;
    int supplier;      /* index into sample_suppliers */
    const char *units; /* as in files: "thùng=24@96000" */
    int weight;        /* how often it is bought */
    enum sample_season season;
};
extern const struct sample_product sample_products[];
extern const size_t sample_product_count;
extern const struct sample_product sample_goods[]; /* the rest of the products: what is not eaten or drunk */
extern const size_t sample_goods_count;

struct sample_supplier {
    const char *code, *name, *phone, *address, *terms;
    const char *company; /* four digits of its barcodes */
};
extern const struct sample_supplier sample_suppliers[];
extern const size_t sample_supplier_count;

struct sample_staff {
    const char *code, *name, *team, *role;
    int salary;
    int months; /* with the shop for, before the end */
};
extern const struct sample_staff sample_staff[];
extern const size_t sample_staff_count;

struct sample_words {
    const char *const *words;
    size_t count;
};
extern const struct sample_words sample_families, sample_female_middles, sample_female_givens, sample_male_middles,
    sample_male_givens, sample_streets, sample_firms, sample_call_notes, sample_message_notes, sample_visit_notes,
    sample_deal_titles, sample_lead_contacts, sample_lead_titles, sample_deal_needs, sample_deal_budgets,
    sample_deal_timings, sample_deal_deciders, sample_deal_tags, sample_deal_plans;

struct sample_place {
    const char *province;
    int weight;
};
extern const struct sample_place sample_places[];
extern const size_t sample_place_count;

#endif
