#include "fake_terminal.h"

static struct fake_terminal *self(struct terminal *t) {
    return (struct fake_terminal *)t;
}

static void fake_size(struct terminal *t, int *width, int *height) {
    *width = self(t)->width;
    *height = self(t)->height;
}

static void fake_blit(struct terminal *t, const struct canvas *c) {
    (void)c;
    self(t)->blits++;
}

static bool fake_pending(struct terminal *t, int timeout_ms) {
    (void)timeout_ms;
    return self(t)->first != self(t)->last;
}

static void fake_read(struct terminal *t, int timeout_ms, struct key *out) {
    struct fake_terminal *f = self(t);
    f->patience_ms = timeout_ms;
    if (f->first == f->last) {
        *out = (struct key){.kind = K_HANGUP}; /* nothing more will come: app_run ends */
        return;
    }
    *out = f->keys[f->first++ % FAKE_KEYS];
}

static unsigned long fake_ticks(struct terminal *t) {
    self(t)->ticks += self(t)->step;
    return self(t)->ticks;
}

static void fake_ring(struct terminal *t) {
    self(t)->rings++;
}

static void fake_redraw(struct terminal *t) {
    (void)t;
}

static void fake_suspend(struct terminal *t) {
    self(t)->suspensions++;
}

static void fake_outside(struct terminal *t, void (*run)(void *ctx), void *ctx) {
    (void)t;
    run(ctx);
}

static const struct terminal_ops fake_ops = {fake_size, fake_blit,   fake_read,    fake_pending, fake_ticks,
                                             fake_ring, fake_redraw, fake_suspend, fake_outside, NULL};

void fake_terminal_init(struct fake_terminal *t, int width, int height) {
    *t = (struct fake_terminal){.base = {&fake_ops}, .width = width, .height = height};
}

void fake_terminal_push(struct fake_terminal *t, const struct key *key) {
    t->keys[t->last++ % FAKE_KEYS] = *key;
}
