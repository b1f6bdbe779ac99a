/* The folder that shell32.dll knows for the data of programs, on other systems: one of this process alone. */
#ifndef _WIN32
#define _GNU_SOURCE
#include "core.h"
#include "text.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[PATH_MAX];

static void remove_folder(void)
{
    WCHAR *path = text_widen(folder);
    port_delete_folder(path);
    free(path);
}

static void make_folder_locked(void)
{
    const char *temporary = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/hcs-data-XXXXXX", temporary ? temporary : "/tmp");
    if (!mkdtemp(folder)) abort();
    atexit(remove_folder);
}

EXPORT HRESULT SHGetKnownFolderPath(const void *rfid, DWORD dwFlags, HANDLE hToken, PWSTR *ppszPath)
{
    static const uint8_t program_data[] = {
        0x82, 0x5D, 0xAB, 0x62, 0xC1, 0xFD, 0xC3, 0x4D, 0xA9, 0xDD, 0x07, 0x0D, 0x1D, 0x49, 0x5D, 0x97
    };
    Fault fault = core_called("SHGetKnownFolderPath", NULL);
    *ppszPath = NULL;
    if (fault.kind == FAULT_CALL) return fault.hresult;
    if (memcmp(rfid, program_data, sizeof program_data) != 0 || dwFlags || hToken) return E_FILE_MISSING;
    const char *given = getenv("HCSPOWERSHELL_MOCK_DATA");
    port_lock(&core_lock);
    if (!given && !*folder) make_folder_locked();
    port_unlock(&core_lock);
    *ppszPath = core_string(given ? given : folder);
    return S_OK;
}

#endif
