#include "io/xlsx_library.h"

#include <dlfcn.h>

#include "base/i18n.h"

static enum err_code missing(struct err *e) {
    const char *why = dlerror();
    return err_set(e, ERR_IO,
                   _("workbooks need the library libxlsxwriter, which is not there (%s): install it, or export CSV"),
                   why == NULL ? XLSX_LIBRARY : why);
}

enum err_code xlsx_library_load(struct xlsx_library *out, struct err *e) {
    void *library = dlopen(XLSX_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        return missing(e);
    }
#define XLSX_FIND(name)                                                                                                \
    if ((*(void **)&out->name = dlsym(library, #name)) == NULL) {                                                      \
        return missing(e);                                                                                             \
    }
    XLSX_FUNCTIONS(XLSX_FIND)
#undef XLSX_FIND
    return ERR_OK;
}
