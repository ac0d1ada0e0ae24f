/*
 * Preloaded into a process, writes down every change that it makes to the files of one folder, in order, and every
 * line that it prints, so that a test can build what the disk would hold after a power cut at any moment.
 * KEEL_RECORD_FOLDER: the folder. KEEL_RECORD_LOG: where the record goes.
 * KEEL_RECORD_FREE_BYTES: so many bytes can be written there, then the disk is full.
 * KEEL_RECORD_READ_ONLY: a name in the folder; nothing that begins with it can be written.
 *
 * A record is one header line `KIND SERIAL OFFSET LENGTH NAME\n` and LENGTH bytes. SERIAL tells files apart that had
 * one name after the other.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_FD 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[4096];
static size_t folder_length;
static int record_fd = -1;
static long long free_bytes = -1;
static const char *read_only;
/* Inode of what a descriptor writes to; 0: not recorded. */
static unsigned long tracked[MAX_FD];
static char is_folder[MAX_FD];

static void put(const void *data, size_t length) {
  const char *at = data;
  while (length > 0) {
    long written = syscall(SYS_write, record_fd, at, length);
    if (written <= 0) _exit(97);
    at += written;
    length -= (size_t)written;
  }
}

static void note(const char *kind, unsigned long serial, long long offset, const void *data,
                 size_t length, const char *name) {
  char header[8300];
  int size = snprintf(header, sizeof header, "%s %lu %lld %zu %s\n", kind, serial, offset, length,
                      name);
  pthread_mutex_lock(&lock);
  put(header, (size_t)size);
  if (length > 0) put(data, length);
  pthread_mutex_unlock(&lock);
}

__attribute__((constructor)) static void begin(void) {
  const char *wanted = getenv("KEEL_RECORD_FOLDER");
  const char *log = getenv("KEEL_RECORD_LOG");
  if (wanted == NULL || log == NULL) return;
  const char *budget = getenv("KEEL_RECORD_FREE_BYTES");
  if (budget != NULL) free_bytes = atoll(budget);
  read_only = getenv("KEEL_RECORD_READ_ONLY");
  snprintf(folder, sizeof folder, "%s/", wanted);
  folder_length = strlen(folder);
  long fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) _exit(98);
  record_fd = (int)syscall(SYS_fcntl, fd, F_DUPFD_CLOEXEC, 900);
  syscall(SYS_close, fd);
}

/* Name within the folder; "." is the folder itself; NULL: elsewhere. The log's shared memory is no file to keep. */
static const char *inside(const char *path) {
  if (record_fd < 0 || path == NULL) return NULL;
  size_t length = strlen(path);
  if (length + 1 == folder_length && strncmp(path, folder, length) == 0) return ".";
  if (strncmp(path, folder, folder_length) != 0) return NULL;
  if (length > 4 && strcmp(path + length - 4, "-shm") == 0) return NULL;
  return path + folder_length;
}

static unsigned long inode_of(int fd) {
  struct stat status;
  return fstat(fd, &status) == 0 ? (unsigned long)status.st_ino : 0;
}

static void opened(int fd, const char *path, int flags, int existed) {
  const char *name = inside(path);
  if (fd < 0 || fd >= MAX_FD) return;
  tracked[fd] = 0;
  if (name == NULL) return;
  tracked[fd] = inode_of(fd);
  is_folder[fd] = strcmp(name, ".") == 0;
  if (is_folder[fd]) return;
  if (!existed) note("create", tracked[fd], 0, NULL, 0, name);
  else if (flags & O_TRUNC) note("truncate", tracked[fd], 0, NULL, 0, name);
}

static int open_at(const char *path, int flags, int mode) {
  const char *name = inside(path);
  if (name != NULL && read_only != NULL && (flags & O_ACCMODE) != O_RDONLY &&
      strncmp(name, read_only, strlen(read_only)) == 0) {
    errno = EROFS;
    return -1;
  }
  int existed = name == NULL || syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
  int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  opened(fd, path, flags, existed);
  return fd;
}

#define OPEN(NAME)                                      \
  int NAME(const char *path, int flags, ...) {          \
    int mode = 0;                                       \
    if (flags & (O_CREAT | O_TMPFILE)) {                \
      va_list rest;                                     \
      va_start(rest, flags);                            \
      mode = va_arg(rest, int);                         \
      va_end(rest);                                     \
    }                                                   \
    return open_at(path, flags, mode);                  \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  if (fd >= 0 && fd < MAX_FD) tracked[fd] = 0;
  return (int)syscall(SYS_close, fd);
}

static unsigned long serial_of(int fd) {
  return fd >= 0 && fd < MAX_FD ? tracked[fd] : 0;
}

static void wrote(int fd, long long offset, const void *data, ssize_t length) {
  if (length > 0 && serial_of(fd) != 0)
    note("write", serial_of(fd), offset, data, (size_t)length, "-");
}

/* Whether so much still fits on the disk; counted as written. */
static int fits(int fd, size_t length) {
  if (serial_of(fd) == 0 || free_bytes < 0) return 1;
  if ((long long)length > free_bytes) {
    errno = ENOSPC;
    return 0;
  }
  free_bytes -= (long long)length;
  return 1;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
  if (!fits(fd, length)) return -1;
  ssize_t written = syscall(SYS_pwrite64, fd, data, length, offset);
  wrote(fd, offset, data, written);
  return written;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
  return pwrite64(fd, data, length, offset);
}

ssize_t write(int fd, const void *data, size_t length) {
  if (!fits(fd, length)) return -1;
  long long offset = serial_of(fd) == 0 ? 0 : lseek(fd, 0, SEEK_CUR);
  ssize_t written = syscall(SYS_write, fd, data, length);
  wrote(fd, offset, data, written);
  if (fd == 1 && record_fd >= 0 && written > 0) note("print", 0, 0, data, (size_t)written, "-");
  return written;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  if (serial_of(fd) == 0) return syscall(SYS_writev, fd, parts, count);
  ssize_t sum = 0;
  for (int index = 0; index < count; index += 1) {
    ssize_t written = write(fd, parts[index].iov_base, parts[index].iov_len);
    if (written < 0) return sum > 0 ? sum : written;
    sum += written;
  }
  return sum;
}

int ftruncate64(int fd, off64_t length) {
  int result = (int)syscall(SYS_ftruncate, fd, length);
  if (result == 0 && serial_of(fd) != 0)
    note("truncate", serial_of(fd), length, NULL, 0, "-");
  return result;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static void synced(int fd) {
  if (serial_of(fd) == 0) return;
  if (is_folder[fd]) note("sync-folder", 0, 0, NULL, 0, "-");
  else note("sync", serial_of(fd), 0, NULL, 0, "-");
}

int fsync(int fd) {
  int result = (int)syscall(SYS_fsync, fd);
  if (result == 0) synced(fd);
  return result;
}

int fdatasync(int fd) {
  int result = (int)syscall(SYS_fdatasync, fd);
  if (result == 0) synced(fd);
  return result;
}

int unlink(const char *path) {
  const char *name = inside(path);
  int result = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
  if (result == 0 && name != NULL) note("unlink", 0, 0, NULL, 0, name);
  return result;
}

int rename(const char *from, const char *to) {
  const char *old_name = inside(from);
  const char *new_name = inside(to);
  int result = (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
  if (result == 0 && old_name != NULL && new_name != NULL)
    note("rename", 0, 0, new_name, strlen(new_name), old_name);
  return result;
}

/* A way to write that the record does not know: refused, so that nothing goes unseen. */
int posix_fallocate64(int fd, off64_t offset, off64_t length) {
  if (serial_of(fd) != 0) return EOPNOTSUPP;
  return syscall(SYS_fallocate, fd, 0, offset, length) == 0 ? 0 : errno;
}
int posix_fallocate(int fd, off_t offset, off_t length) {
  return posix_fallocate64(fd, offset, length);
}
