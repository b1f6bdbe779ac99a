/* Who owns a file and may use it, and who this process is: what advapi32.dll says of it, on other systems. */
#ifndef _WIN32
#define _GNU_SOURCE
#include "core.h"
#include "last_error.h"
#include "layers.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROCESS ((HANDLE)(intptr_t)-1)

/* What a test said of a file, found by its number. */
typedef struct Said { dev_t device; ino_t number; int size; void *bytes; struct Said *next; } Said;

static Said *said;
static bool elevated = true;

static const uint8_t
    administrators[] = { 1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0 },
    local_system[] = { 1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0 },
    everyone[] = { 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0 },
    user[] = { 1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0xF4, 1, 0, 0 };

void security_reset_locked(void)
{
    for (Said *next; said; said = next) {
        next = said->next;
        free(said->bytes);
        free(said);
    }
    elevated = true;
}

EXPORT void mock_set_elevated(int on) { elevated = on; }

EXPORT void mock_set_security(const char *path, const void *bytes, int size)
{
    struct stat status;
    if (lstat(path, &status) != 0) abort();
    Said *one = malloc(sizeof *one);
    *one = (Said){ status.st_dev, status.st_ino, size, memcpy(malloc((size_t)size), bytes, (size_t)size), NULL };
    port_lock(&core_lock);
    one->next = said;
    said = one;
    port_unlock(&core_lock);
}

/* The descriptor that this returns is the text it was made of, which CreateDirectoryW knows. */
EXPORT int ConvertStringSecurityDescriptorToSecurityDescriptorW(
    PCWSTR StringSecurityDescriptor, DWORD StringSDRevision, void **SecurityDescriptor, DWORD *SecurityDescriptorSize)
{
    Fault fault = core_called("ConvertStringSecurityDescriptorToSecurityDescriptorW", StringSecurityDescriptor);
    (void)SecurityDescriptorSize;
    *SecurityDescriptor = NULL;
    if (fault.kind == FAULT_CALL) return fail(fault.hresult & 0xFFFF);
    if (StringSDRevision != 1) core_violation("a security descriptor of another revision");
    size_t size = ((size_t)text_length(StringSecurityDescriptor) + 1) * sizeof(WCHAR);
    *SecurityDescriptor = memcpy(malloc(size), StringSecurityDescriptor, size);
    return succeed();
}

static uint8_t *put_entry(uint8_t *to, uint8_t flags, DWORD rights, const uint8_t *sid, size_t size)
{
    uint16_t all = (uint16_t)(size + 8);
    to[0] = 0;
    to[1] = flags;
    memcpy(to + 2, &all, sizeof all);
    memcpy(to + 4, &rights, sizeof rights);
    memcpy(to + 8, sid, size);
    return to + all;
}

/* As Windows makes it: of administrators, and open to all who a folder above lets in unless it is closed to them. */
static int describe(const struct stat *status, uint8_t *to)
{
    bool open = status->st_mode & 077;
    DWORD owner = 20, list = 20 + sizeof administrators;
    memset(to, 0, list);
    to[0] = 1;
    to[2] = 4;
    to[3] = open ? 0x80 : 0x90;
    memcpy(to + 4, &owner, sizeof owner);
    memcpy(to + 16, &list, sizeof list);
    memcpy(to + owner, administrators, sizeof administrators);
    uint8_t *entry = to + list + 8;
    entry = put_entry(entry, 3, 0x1F01FF, administrators, sizeof administrators);
    entry = put_entry(entry, 3, 0x1F01FF, local_system, sizeof local_system);
    if (open) entry = put_entry(entry, 0x13, 0x1201BF, everyone, sizeof everyone);
    uint16_t size = (uint16_t)(entry - to - list), count = open ? 3 : 2;
    memset(to + list, 0, 8);
    to[list] = 2;
    memcpy(to + list + 2, &size, sizeof size);
    memcpy(to + list + 4, &count, sizeof count);
    return (int)(entry - to);
}

EXPORT int GetKernelObjectSecurity(
    HANDLE Handle, DWORD RequestedInformation, void *pSecurityDescriptor, DWORD nLength, DWORD *lpnLengthNeeded)
{
    Fault fault = core_called("GetKernelObjectSecurity", NULL);
    if (fault.kind == FAULT_CALL) return fail(fault.hresult & 0xFFFF);
    if (RequestedInformation != 5) core_violation("GetKernelObjectSecurity of more than the owner and the list, or less");
    struct stat status;
    if (fstat((int)(intptr_t)Handle, &status) != 0) return fail(ERROR_INVALID_HANDLE);
    uint8_t made[256];
    const void *bytes = made;
    int size = describe(&status, made);
    port_lock(&core_lock);
    for (Said *one = said; one; one = one->next)
        if (one->device == status.st_dev && one->number == status.st_ino) {
            bytes = one->bytes;
            size = one->size;
            break;
        }
    *lpnLengthNeeded = (DWORD)size;
    bool fits = (DWORD)size <= nLength;
    if (fits) memcpy(pSecurityDescriptor, bytes, (size_t)size);
    port_unlock(&core_lock);
    return fits ? succeed() : fail(ERROR_INSUFFICIENT_BUFFER);
}

EXPORT int OpenProcessToken(HANDLE ProcessHandle, DWORD DesiredAccess, HANDLE *TokenHandle)
{
    Fault fault = core_called("OpenProcessToken", NULL);
    *TokenHandle = NULL;
    if (fault.kind == FAULT_CALL) return fail(fault.hresult & 0xFFFF);
    if (ProcessHandle != PROCESS || DesiredAccess != 8) core_violation("OpenProcessToken of another process, or to change it");
    *TokenHandle = (HANDLE)(intptr_t)memfd_create("token", MFD_CLOEXEC);
    return succeed();
}

EXPORT int GetTokenInformation(
    HANDLE TokenHandle, int TokenInformationClass, void *TokenInformation, DWORD TokenInformationLength, DWORD *ReturnLength)
{
    struct { const void *Sid; uint64_t Attributes; } *owner = TokenInformation;
    Fault fault = core_called("GetTokenInformation", NULL);
    if (fault.kind == FAULT_CALL) return fail(fault.hresult & 0xFFFF);
    struct stat status;
    if (fstat((int)(intptr_t)TokenHandle, &status) != 0) return fail(ERROR_INVALID_HANDLE);
    DWORD on = elevated;
    *ReturnLength = TokenInformationClass == 20 ? sizeof on : sizeof *owner + sizeof user;
    if (TokenInformationLength < *ReturnLength) return fail(ERROR_INSUFFICIENT_BUFFER);
    if (TokenInformationClass == 20) {
        memcpy(TokenInformation, &on, sizeof on);
    } else {
        if (TokenInformationClass != 1) core_violation("GetTokenInformation of class %d", TokenInformationClass);
        owner->Sid = memcpy(owner + 1, user, sizeof user);
        owner->Attributes = 0;
    }
    return succeed();
}

#endif
