/* Virtual machines: the files that are made for them, and the rights on files. */
#include "abi.h"
#include "inner.h"
#include "machines.h"
#include "text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define E_FILE_EXISTS HR(0x80070050)
#define E_NOT_SUPPORTED HR(0x80070032)

/* The right of one machine, or of all where it has no id, on one file. */
typedef struct Grant { char *machine, *path; struct Grant *next; } Grant;

static Grant *grants;

static Grant **find_locked(const char *machine, const char *path)
{
    Grant **link = &grants;
    while (*link && (strcmp((*link)->machine, machine) != 0 || strcmp((*link)->path, path) != 0)) link = &(*link)->next;
    return link;
}

static bool exists(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file) fclose(file);
    return file;
}

EXPORT int mock_grants(void)
{
    int count = 0;
    port_lock(&core_lock);
    for (Grant *grant = grants; grant; grant = grant->next) count++;
    port_unlock(&core_lock);
    return count;
}

EXPORT void mock_forget_grants(void)
{
    port_lock(&core_lock);
    grants = NULL;
    port_unlock(&core_lock);
}

EXPORT HRESULT WINAPI HcsCreateEmptyRuntimeStateFile(PCWSTR runtimeStateFilePath)
{
    Fault fault = core_called("HcsCreateEmptyRuntimeStateFile", runtimeStateFilePath);
    char *path = text_narrow(runtimeStateFilePath);
    HRESULT result = fault.kind == FAULT_CALL ? fault.hresult : exists(path) ? E_FILE_EXISTS : S_OK;
    FILE *file = result == S_OK ? fopen(path, "wb") : NULL;
    if (file) fclose(file);
    else if (result == S_OK) result = E_ACCESS_DENIED;
    core_record("HcsCreateEmptyRuntimeStateFile %s", path);
    free(path);
    return result;
}

static HRESULT grant(const char *function, PCWSTR machine, PCWSTR file)
{
    Fault fault = core_called(function, file);
    char *id = machine ? text_narrow(machine) : strdup(""), *path = text_narrow(file);
    core_record("%s%s%s %s", function, machine ? " " : "", id, path);
    HRESULT result = fault.kind == FAULT_CALL ? fault.hresult : exists(path) ? S_OK : E_FILE_MISSING;
    port_lock(&core_lock);
    if (result == S_OK && !*find_locked(id, path)) {
        Grant *made = calloc(1, sizeof *made);
        *made = (Grant){ strdup(id), strdup(path), grants };
        grants = made;
    }
    port_unlock(&core_lock);
    free(id);
    free(path);
    return result;
}

static HRESULT revoke(const char *function, PCWSTR machine, PCWSTR file)
{
    Fault fault = core_called(function, file);
    char *id = machine ? text_narrow(machine) : strdup(""), *path = text_narrow(file);
    core_record("%s%s%s %s", function, machine ? " " : "", id, path);
    HRESULT result = fault.kind == FAULT_CALL ? fault.hresult : exists(path) ? S_OK : E_FILE_MISSING;
    port_lock(&core_lock);
    Grant **link = find_locked(id, path);
    if (result == S_OK && *link) *link = (*link)->next;
    port_unlock(&core_lock);
    free(id);
    free(path);
    return result;
}

EXPORT HRESULT WINAPI HcsGrantVmAccess(PCWSTR vmId, PCWSTR filePath)
{
    return grant("HcsGrantVmAccess", vmId, filePath);
}

EXPORT HRESULT WINAPI HcsRevokeVmAccess(PCWSTR vmId, PCWSTR filePath)
{
    return revoke("HcsRevokeVmAccess", vmId, filePath);
}

EXPORT HRESULT WINAPI HcsGrantVmGroupAccess(PCWSTR filePath) { return grant("HcsGrantVmGroupAccess", NULL, filePath); }

EXPORT HRESULT WINAPI HcsRevokeVmGroupAccess(PCWSTR filePath) { return revoke("HcsRevokeVmGroupAccess", NULL, filePath); }

static bool is_machine(const System *system) { return system->runtime_id || strcmp(system->type, "VirtualMachine") == 0; }

HRESULT machine_save(System *system, PCWSTR options)
{
    char *json = text_narrow(options);
    char *type = json ? json_string(json, "SaveType") : NULL, *path = json ? json_string(json, "SaveStateFilePath") : NULL;
    port_lock(&core_lock);
    HRESULT result = !type || !path || strcmp(type, "ToFile") != 0 ? surface_code(CODE_INVALID_JSON)
        : !is_machine(system) ? E_NOT_SUPPORTED
        : check_locked(system, STATE_PAUSED);
    const char *owner = system->runtime_id ? system->runtime_id : system->id;
    if (result == S_OK && !exists(path)) result = E_FILE_MISSING;
    if (result == S_OK && !*find_locked(owner, path)) result = E_ACCESS_DENIED;
    port_unlock(&core_lock);
    free(json);
    free(type);
    free(path);
    return result == S_OK ? core_exit(system, "GracefulExit", S_OK) : result;
}

HRESULT machine_crash(System *system, PCWSTR options)
{
    char *json = text_narrow(options), *type = json ? json_string(json, "Type") : NULL;
    port_lock(&core_lock);
    HRESULT result = !type || strcmp(type, "CrashGuest") != 0 ? surface_code(CODE_INVALID_JSON)
        : !is_machine(system) ? E_NOT_SUPPORTED
        : check_locked(system, STATE_RUNNING);
    port_unlock(&core_lock);
    free(json);
    free(type);
    if (result != S_OK) return result;
    return core_exit(system, "UnexpectedExit", surface_code(0x106));
}
