/* What kernel32.dll does for the module, on other systems: a handle is a descriptor. */
#ifndef _WIN32
#define _GNU_SOURCE
#include "text.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The files of Windows, as far as a path is concerned. */
EXPORT HANDLE CreateFileW(PCWSTR path, DWORD access, DWORD share, void *security, DWORD mode, DWORD flags, HANDLE template)
{
    (void)access, (void)share, (void)security, (void)mode, (void)flags, (void)template;
    char *name = text_narrow(path);
    int file = open(name, O_PATH | O_CLOEXEC);
    free(name);
    return (HANDLE)(intptr_t)file;
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

/* A thread has one handle that is not closed. */
EXPORT HANDLE GetCurrentThread(void) { return (HANDLE)(intptr_t)-2; }

EXPORT int CloseHandle(HANDLE handle) { return close((int)(intptr_t)handle) == 0; }

#endif
