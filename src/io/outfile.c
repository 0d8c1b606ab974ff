#include "io/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"

struct outfile {
    FILE *stream;
    char *path; /* where it shall stand, links followed; for messages when written as it stands */
    char *temp; /* NULL: written as it stands */
    char *buffer;
    bool is_stdout;
};

enum { BUFFER_SIZE = 256 * 1024 };

static enum err_code fault(const struct outfile *f, int number, struct err *e) {
    return err_set(e, ERR_IO, _("%s cannot be written: %s"), f->path, strerror(number));
}

static void release(struct outfile **f) {
    free((*f)->path);
    free((*f)->temp);
    free((*f)->buffer);
    free(*f);
    *f = NULL;
}

static int open_beside(struct outfile *f, mode_t mode) {
    for (int i = 0; i < 1000; i++) {
        free(f->temp);
        f->temp = mem_printf("%s.%ld-%d.tmp", f->path, (long)getpid(), i);
        int fd = open(f->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (fd >= 0 || errno != EEXIST) {
            return fd;
        }
    }
    return -1;
}

/* A pipe that nobody reads is an error (ENXIO), not something to wait for. */
static int open_as_it_stands(const char *path) {
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd >= 0) {
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    }
    return fd;
}

static int open_place(struct outfile *f) {
    struct stat st;
    bool exists = stat(f->path, &st) == 0;
    if (exists && !S_ISREG(st.st_mode)) {
        return open_as_it_stands(f->path);
    }
    char *real = exists ? realpath(f->path, NULL) : NULL;
    if (real != NULL) {
        free(f->path);
        f->path = real;
    }
    int fd = open_beside(f, 0600);
    if (fd >= 0 && exists && fchmod(fd, st.st_mode & 07777) != 0) {
        close(fd);
        unlink(f->temp);
        return -1;
    }
    return fd;
}

enum err_code outfile_open(const char *path, struct outfile **out, struct err *e) {
    struct outfile *f = mem_zalloc(sizeof *f);
    f->is_stdout = path == NULL || strcmp(path, "-") == 0;
    f->path = mem_strdup(f->is_stdout ? _("standard output") : path);
    if (f->is_stdout) {
        f->stream = stdout;
    } else {
        int fd = open_place(f);
        f->stream = fd < 0 ? NULL : fdopen(fd, "wb");
    }
    if (f->stream == NULL) {
        enum err_code rc = fault(f, errno, e);
        release(&f);
        return rc;
    }
    if (!f->is_stdout) {
        f->buffer = mem_alloc(BUFFER_SIZE);
        setvbuf(f->stream, f->buffer, _IOFBF, BUFFER_SIZE);
    }
    *out = f;
    return ERR_OK;
}

FILE *outfile_stream(struct outfile *f) {
    return f->stream;
}

const char *outfile_temp_path(const struct outfile *f) {
    return f->temp;
}

/* The name itself has to reach the disk too. Not every file system can sync a folder: then there is nothing to be done.
 */
static void sync_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? mem_strdup(".") : mem_strndup(path, (size_t)(slash - path) + 1);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

enum err_code outfile_finish(struct outfile **f, struct err *e) {
    struct outfile *o = *f;
    errno = 0;
    bool bad = fflush(o->stream) != 0 || ferror(o->stream);
    bad = bad || (o->temp != NULL && fsync(fileno(o->stream)) != 0);
    int number = errno == 0 ? EIO : errno;
    if (!o->is_stdout && fclose(o->stream) != 0 && !bad) {
        bad = true;
        number = errno;
    }
    if (!bad && o->temp != NULL && rename(o->temp, o->path) != 0) {
        bad = true;
        number = errno;
    }
    enum err_code rc = bad ? fault(o, number, e) : ERR_OK;
    if (o->temp != NULL && bad) {
        unlink(o->temp);
    } else if (o->temp != NULL) {
        sync_folder(o->path);
    }
    release(f);
    return rc;
}

void outfile_abandon(struct outfile **f) {
    if (*f == NULL) {
        return;
    }
    if (!(*f)->is_stdout) {
        fclose((*f)->stream);
    }
    if ((*f)->temp != NULL) {
        unlink((*f)->temp);
    }
    release(f);
}

enum err_code outfile_make_folder(const char *path, struct err *e) {
    char *folder = mem_strdup(path);
    enum err_code rc = ERR_OK;
    char *from = folder[0] == '/' ? folder + 1 : folder;
    for (char *p = strchr(from, '/'); p != NULL && rc == ERR_OK; p = strchr(p + 1, '/')) {
        struct stat st;
        *p = '\0';
        if (mkdir(folder, 0700) != 0 && (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode))) {
            rc = err_set(e, ERR_IO, _("the folder %s cannot be made"), folder);
        }
        *p = '/';
    }
    free(folder);
    return rc;
}
