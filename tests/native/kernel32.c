/* What kernel32.dll and ntdll.dll do for the module, on other systems: a handle is a descriptor. */
#ifndef _WIN32
#define _GNU_SOURCE
#include "core.h"
#include "last_error.h"
#include "text.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OPEN_REPARSE_POINT 0x00200000
#define BACKUP_SEMANTICS 0x02000000

typedef struct { DWORD nLength; PCWSTR lpSecurityDescriptor; int bInheritHandle; } SECURITY_ATTRIBUTES;

_Static_assert(sizeof(SECURITY_ATTRIBUTES) == 24, "SECURITY_ATTRIBUTES");

static int fail_as_system(void)
{
    return fail(errno == EEXIST ? ERROR_ALREADY_EXISTS : errno == ENOTDIR ? ERROR_PATH_NOT_FOUND
        : errno == ENOENT ? ERROR_FILE_NOT_FOUND : ERROR_ACCESS_DENIED);
}

/* The files of Windows, as far as a path is concerned. */
EXPORT HANDLE CreateFileW(PCWSTR path, DWORD access, DWORD share, void *security, DWORD mode, DWORD flags, HANDLE template)
{
    (void)access, (void)share, (void)security, (void)mode, (void)template;
    Fault fault = core_called("CreateFileW", path);
    if (fault.kind == FAULT_CALL) { fail(fault.hresult & 0xFFFF); return INVALID_HANDLE_VALUE; }
    char *name = text_narrow(path);
    int file = open(name, O_PATH | O_CLOEXEC | (flags & OPEN_REPARSE_POINT ? O_NOFOLLOW : 0));
    free(name);
    struct stat status;
    if (file < 0) {
        fail_as_system();
    } else if (!(flags & BACKUP_SEMANTICS) && fstat(file, &status) == 0 && S_ISDIR(status.st_mode)) {
        close(file);
        fail(ERROR_ACCESS_DENIED);
        return INVALID_HANDLE_VALUE;
    }
    return (HANDLE)(intptr_t)file;
}

/* A folder with rights of its own is closed to other users. They are the text that advapi32 was given. */
EXPORT int CreateDirectoryW(PCWSTR path, const SECURITY_ATTRIBUTES *attributes)
{
    Fault fault = core_called("CreateDirectoryW", attributes ? attributes->lpSecurityDescriptor : NULL);
    if (fault.kind == FAULT_CALL) return fail(fault.hresult & 0xFFFF);
    if (attributes && attributes->nLength != sizeof *attributes) core_violation("CreateDirectoryW with SECURITY_ATTRIBUTES of another size");
    char *name = text_narrow(path);
    int made = mkdir(name, attributes && attributes->lpSecurityDescriptor ? 0700 : 0755);
    free(name);
    return made == 0 ? succeed() : errno == ENOENT ? fail(ERROR_PATH_NOT_FOUND) : fail_as_system();
}

/* FILE_ATTRIBUTE_TAG_INFO: a link is one of a folder. */
EXPORT int GetFileInformationByHandleEx(HANDLE file, int class, DWORD information[2], DWORD size)
{
    Fault fault = core_called("GetFileInformationByHandleEx", NULL);
    if (fault.kind == FAULT_CALL) return fail(fault.hresult & 0xFFFF);
    if (class != 9 || size != 8) core_violation("GetFileInformationByHandleEx of class %d", class);
    struct stat status;
    if (fstat((int)(intptr_t)file, &status) != 0) return fail(ERROR_INVALID_HANDLE);
    information[0] = S_ISLNK(status.st_mode) ? 0x410 : S_ISDIR(status.st_mode) ? 0x10 : 0x80;
    information[1] = S_ISLNK(status.st_mode) ? 0xA000000C : 0;
    return succeed();
}

EXPORT DWORD GetFinalPathNameByHandleW(HANDLE file, PWSTR path, DWORD size, DWORD flags)
{
    (void)flags;
    char link[64], name[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", (int)(intptr_t)file);
    ssize_t length = readlink(link, name, sizeof name - 1);
    if (length < 0) return 0;
    name[length] = 0;
    WCHAR *wide = text_widen(name);
    DWORD characters = 0;
    while (wide[characters]) characters++;
    if (characters < size) memcpy(path, wide, (characters + 1) * sizeof *wide);
    free(wide);
    return characters < size ? characters : characters + 1;
}

/* A process has one handle that is not closed. */
EXPORT HANDLE GetCurrentProcess(void) { return (HANDLE)(intptr_t)-1; }

/* A thread has one handle that is not closed. */
EXPORT HANDLE GetCurrentThread(void) { return (HANDLE)(intptr_t)-2; }

EXPORT int CloseHandle(HANDLE handle) { return close((int)(intptr_t)handle) == 0; }

typedef struct { DWORD size, major, minor, build, platform; uint16_t service_pack[128]; } OSVERSIONINFOW;

/* Windows Server 2022. */
EXPORT int RtlGetVersion(OSVERSIONINFOW *version)
{
    if (version->size != sizeof *version) return -1;
    version->major = 10;
    version->minor = 0;
    version->build = 20348;
    version->platform = 2;
    version->service_pack[0] = 0;
    return 0;
}

#endif
