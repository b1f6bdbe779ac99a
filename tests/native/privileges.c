/* The privileges of the calling thread: those of Windows there, and elsewhere the functions that change them. */
#ifndef _WIN32
#define _GNU_SOURCE
#endif
#include "layers.h"

#ifdef _WIN32

bool privileges_are_on(void)
{
    static const WCHAR *const names[] = { L"SeBackupPrivilege", L"SeRestorePrivilege", L"SeSecurityPrivilege" };
    HANDLE token;
    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token)) return false;
    BOOL on = TRUE;
    for (size_t i = 0; on && i < sizeof names / sizeof *names; i++) {
        PRIVILEGE_SET set = { .PrivilegeCount = 1, .Control = PRIVILEGE_SET_ALL_NECESSARY };
        if (!LookupPrivilegeValueW(NULL, names[i], &set.Privilege[0].Luid)
            || !PrivilegeCheck(token, &set, &on)) on = FALSE;
    }
    CloseHandle(token);
    return on;
}

#else

#include "core.h"
#include "last_error.h"
#include "text.h"
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NO_TOKEN 1008
#define NOT_ALL_ASSIGNED 1300
#define NO_SUCH_PRIVILEGE 1313

typedef struct { DWORD LowPart; int32_t HighPart; } LUID;
typedef struct { DWORD PrivilegeCount; struct { LUID Luid; DWORD Attributes; } Privileges[1]; } TOKEN_PRIVILEGES;

_Static_assert(sizeof(TOKEN_PRIVILEGES) == 16, "TOKEN_PRIVILEGES");

static const struct { const char *name; DWORD number; } privileges[] = {
    { "SeSecurityPrivilege", 8 }, { "SeBackupPrivilege", 17 }, { "SeRestorePrivilege", 18 }
};

/* The token that was opened is a pipe: its end that is kept here tells whether the other one was closed. */
static _Thread_local struct { bool impersonates; unsigned on; int kept; int token; } thread = { false, 0, -1, -1 };

bool privileges_are_on(void)
{
    for (size_t i = 0; i < sizeof privileges / sizeof *privileges; i++)
        if (!(thread.on >> privileges[i].number & 1)) return false;
    return true;
}

EXPORT int ImpersonateSelf(int ImpersonationLevel)
{
    Fault fault = core_called("ImpersonateSelf", NULL);
    if (fault.kind == FAULT_CALL) return fail(fault.hresult & 0xFFFF);
    if (ImpersonationLevel != 2 || thread.impersonates) core_violation("ImpersonateSelf at another level, or twice");
    thread.impersonates = true;
    core_count(KIND_IMPERSONATION, 1);
    return succeed();
}

EXPORT int OpenThreadToken(HANDLE ThreadHandle, DWORD DesiredAccess, int OpenAsSelf, HANDLE *TokenHandle)
{
    Fault fault = core_called("OpenThreadToken", NULL);
    (void)OpenAsSelf;
    *TokenHandle = NULL;
    if (fault.kind == FAULT_CALL) return fail(fault.hresult & 0xFFFF);
    if (ThreadHandle != (HANDLE)(intptr_t)-2 || !(DesiredAccess & 0x20) || thread.kept >= 0)
        core_violation("OpenThreadToken on another thread, without the right to change it, or twice");
    int ends[2];
    if (!thread.impersonates || pipe2(ends, O_CLOEXEC) != 0) return fail(NO_TOKEN);
    thread.kept = ends[0];
    thread.token = ends[1];
    *TokenHandle = (HANDLE)(intptr_t)ends[1];
    return succeed();
}

EXPORT int LookupPrivilegeValueW(PCWSTR lpSystemName, PCWSTR lpName, LUID *lpLuid)
{
    Fault fault = core_called("LookupPrivilegeValueW", lpName);
    if (fault.kind == FAULT_CALL) return fail(fault.hresult & 0xFFFF);
    if (lpSystemName) core_violation("LookupPrivilegeValueW of another machine");
    char *name = text_narrow(lpName);
    *lpLuid = (LUID){ 0, 0 };
    for (size_t i = 0; i < sizeof privileges / sizeof *privileges; i++)
        if (strcmp(privileges[i].name, name) == 0) lpLuid->LowPart = privileges[i].number;
    free(name);
    return lpLuid->LowPart ? succeed() : fail(NO_SUCH_PRIVILEGE);
}

/* A fault that is ignored is a privilege that the caller does not have. */
EXPORT int AdjustTokenPrivileges(
    HANDLE TokenHandle, int DisableAllPrivileges, const TOKEN_PRIVILEGES *NewState, DWORD BufferLength,
    TOKEN_PRIVILEGES *PreviousState, DWORD *ReturnLength)
{
    Fault fault = core_called("AdjustTokenPrivileges", NULL);
    (void)BufferLength, (void)ReturnLength;
    if (fault.kind == FAULT_CALL) return fail(fault.hresult & 0xFFFF);
    if (thread.kept < 0 || TokenHandle != (HANDLE)(intptr_t)thread.token || DisableAllPrivileges || PreviousState
        || NewState->PrivilegeCount != 1 || NewState->Privileges[0].Attributes != 2)
        core_violation("AdjustTokenPrivileges of another token, or to anything but one privilege that is on");
    if (fault.kind == FAULT_IGNORED) { errno = NOT_ALL_ASSIGNED; return 1; }
    thread.on |= 1u << NewState->Privileges[0].Luid.LowPart;
    return succeed();
}

EXPORT int RevertToSelf(void)
{
    core_called("RevertToSelf", NULL);
    if (thread.kept >= 0) {
        struct pollfd other = { thread.kept, POLLIN, 0 };
        if (poll(&other, 1, 0) != 1 || !(other.revents & POLLHUP)) core_violation("the token of a thread was not closed");
        close(thread.kept);
    }
    if (thread.impersonates) core_count(KIND_IMPERSONATION, -1);
    thread.impersonates = false;
    thread.on = 0;
    thread.kept = thread.token = -1;
    return succeed();
}

#endif
