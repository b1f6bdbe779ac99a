/* computecore.dll: operations, events, strings of LocalFree. */
#include "machines.h"
#include "operation.h"
#include "text.h"
#include <stdlib.h>

#define ACCESS_ALL 0x10000000u

HRESULT surface_code(int code) { return HR(0x80370000u | (unsigned)code); }

void surface_deliver(Listener *listener, EventKind kind, DWORD raw, HRESULT status, PCWSTR data)
{
    (void)status;
    DWORD type = kind == EVENT_SYSTEM_EXITED ? 1 : kind == EVENT_PROCESS_EXITED ? 0x10000
        : kind == EVENT_DISCONNECTED ? 0x02000000 : raw;
    if (kind < EVENT_SYSTEM_EXITED) return; /* this library tells of no completion */
    HCS_EVENT event = { (HCS_EVENT_TYPE)type, data, NULL };
    ((HCS_EVENT_CALLBACK)listener->callback)(&event, listener->context);
}

/* --- systems ---------------------------------------------------------------------------------------------------- */

EXPORT HRESULT WINAPI HcsEnumerateComputeSystems(PCWSTR query, HCS_OPERATION operation)
{
    Fault fault = core_called("HcsEnumerateComputeSystems", query);
    char *answer = NULL;
    HRESULT result = core_enumerate(query, &answer);
    return operation_begin(operation_use(operation, "HcsEnumerateComputeSystems"), NULL, fault, result, answer);
}

EXPORT HRESULT WINAPI HcsCreateComputeSystem(
    PCWSTR id, PCWSTR configuration, HCS_OPERATION operation, const SECURITY_DESCRIPTOR *securityDescriptor,
    HCS_SYSTEM *computeSystem)
{
    Fault fault = core_called("HcsCreateComputeSystem", configuration);
    System *system = NULL;
    *computeSystem = NULL;
    if (securityDescriptor) return E_INVALID_ARGUMENT;
    if (fault.kind == FAULT_CALL)
        return operation_begin(operation_use(operation, "HcsCreateComputeSystem"), NULL, fault, S_OK, NULL);
    HRESULT result = core_create(id, configuration, &system);
    if (result == S_OK) *computeSystem = (HCS_SYSTEM)core_handle(KIND_SYSTEM, system, NULL);
    return operation_begin(
        operation_use(operation, "HcsCreateComputeSystem"), (Handle *)*computeSystem, fault, result, NULL);
}

EXPORT HRESULT WINAPI HcsOpenComputeSystem(PCWSTR id, DWORD requestedAccess, HCS_SYSTEM *computeSystem)
{
    Fault fault = core_called("HcsOpenComputeSystem", id);
    System *system;
    *computeSystem = NULL;
    if (requestedAccess != ACCESS_ALL) return E_INVALID_ARGUMENT;
    HRESULT result = fault.kind == FAULT_CALL ? fault.hresult : core_find(id, &system);
    if (result == S_OK) *computeSystem = (HCS_SYSTEM)core_handle(KIND_SYSTEM, system, NULL);
    return result;
}

EXPORT void WINAPI HcsCloseComputeSystem(HCS_SYSTEM computeSystem)
{
    core_called("HcsCloseComputeSystem", NULL);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsCloseComputeSystem");
    if (handle) core_close(handle);
}

static bool performs(Fault fault)
{
    return fault.kind != FAULT_CALL && fault.kind != FAULT_COMPLETION && fault.kind != FAULT_IGNORED;
}

static HRESULT change(
    const char *name, HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options, HRESULT (*work)(System *))
{
    Fault fault = core_called(name, options);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, name);
    if (!handle || options) return E_INVALID_ARGUMENT;
    return operation_begin(operation_use(operation, name), handle, fault, performs(fault) ? work(handle->system) : S_OK, NULL);
}

static HRESULT shut_down(System *system) { return core_exit(system, "GracefulExit", S_OK); }
static HRESULT terminate(System *system) { return core_exit(system, "ForcedExit", S_OK); }

EXPORT HRESULT WINAPI HcsStartComputeSystem(HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options)
{
    return change("HcsStartComputeSystem", computeSystem, operation, options, core_start);
}

EXPORT HRESULT WINAPI HcsShutDownComputeSystem(HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options)
{
    return change("HcsShutDownComputeSystem", computeSystem, operation, options, shut_down);
}

EXPORT HRESULT WINAPI HcsTerminateComputeSystem(HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options)
{
    return change("HcsTerminateComputeSystem", computeSystem, operation, options, terminate);
}

EXPORT HRESULT WINAPI HcsPauseComputeSystem(HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options)
{
    core_record("HcsPauseComputeSystem");
    return change("HcsPauseComputeSystem", computeSystem, operation, options, core_pause);
}

EXPORT HRESULT WINAPI HcsResumeComputeSystem(HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options)
{
    core_record("HcsResumeComputeSystem");
    return change("HcsResumeComputeSystem", computeSystem, operation, options, core_resume);
}

static HRESULT change_machine(
    const char *name, HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options, HRESULT (*work)(System *, PCWSTR))
{
    Fault fault = core_called(name, options);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, name);
    if (!handle) return E_INVALID_ARGUMENT;
    core_record("%s %s", name, handle->system->id);
    return operation_begin(
        operation_use(operation, name), handle, fault, performs(fault) ? work(handle->system, options) : S_OK, NULL);
}

EXPORT HRESULT WINAPI HcsSaveComputeSystem(HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options)
{
    return change_machine("HcsSaveComputeSystem", computeSystem, operation, options, machine_save);
}

EXPORT HRESULT WINAPI HcsCrashComputeSystem(HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR options)
{
    return change_machine("HcsCrashComputeSystem", computeSystem, operation, options, machine_crash);
}

EXPORT HRESULT WINAPI HcsGetComputeSystemProperties(
    HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR propertyQuery)
{
    Fault fault = core_called("HcsGetComputeSystemProperties", propertyQuery);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsGetComputeSystemProperties");
    char *answer = NULL;
    HRESULT result = handle ? core_properties(handle->system, propertyQuery, &answer) : E_INVALID_ARGUMENT;
    return operation_begin(operation_use(operation, "HcsGetComputeSystemProperties"), handle, fault, result, answer);
}

EXPORT HRESULT WINAPI HcsModifyComputeSystem(
    HCS_SYSTEM computeSystem, HCS_OPERATION operation, PCWSTR configuration, HANDLE identity)
{
    Fault fault = core_called("HcsModifyComputeSystem", configuration);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsModifyComputeSystem");
    HRESULT result = handle && !identity ? core_modify(handle->system, configuration) : E_INVALID_ARGUMENT;
    return operation_begin(operation_use(operation, "HcsModifyComputeSystem"), handle, fault, result, NULL);
}

EXPORT HRESULT WINAPI HcsSetComputeSystemCallback(
    HCS_SYSTEM computeSystem, HCS_EVENT_OPTIONS callbackOptions, const void *context, HCS_EVENT_CALLBACK callback)
{
    Fault fault = core_called("HcsSetComputeSystemCallback", NULL);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsSetComputeSystemCallback");
    if (fault.kind == FAULT_CALL) return fault.hresult;
    if (!handle || handle->listener || callbackOptions || !context) return E_INVALID_ARGUMENT;
    handle->listener = core_listen(handle->system, NULL, (void *)callback, (void *)context);
    return S_OK;
}

/* --- processes -------------------------------------------------------------------------------------------------- */

EXPORT HRESULT WINAPI HcsCreateProcess(
    HCS_SYSTEM computeSystem, PCWSTR processParameters, HCS_OPERATION operation,
    const SECURITY_DESCRIPTOR *securityDescriptor, HCS_PROCESS *process)
{
    Fault fault = core_called("HcsCreateProcess", processParameters);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsCreateProcess");
    Operation *target = operation_use(operation, "HcsCreateProcess");
    Process *started = NULL;
    *process = NULL;
    if (!handle || !target || securityDescriptor) return E_INVALID_ARGUMENT;
    target->has_process = true;
    if (fault.kind == FAULT_CALL) return operation_begin(target, handle, fault, S_OK, NULL);
    HRESULT result = core_execute(handle->system, processParameters, &started);
    if (result == S_OK) {
        *process = (HCS_PROCESS)core_handle(KIND_PROCESS, handle->system, started);
        target->process = (HCS_PROCESS_INFORMATION){
            started->id, 0, started->their_in, started->their_out, started->their_err };
    }
    return operation_begin(target, handle, fault, result, NULL);
}

EXPORT HRESULT WINAPI HcsOpenProcess(
    HCS_SYSTEM computeSystem, DWORD processId, DWORD requestedAccess, HCS_PROCESS *process)
{
    Fault fault = core_called("HcsOpenProcess", NULL);
    Handle *handle = core_use(computeSystem, KIND_SYSTEM, "HcsOpenProcess");
    Process *found = NULL;
    *process = NULL;
    if (!handle || requestedAccess != ACCESS_ALL) return E_INVALID_ARGUMENT;
    HRESULT result = fault.kind == FAULT_CALL ? fault.hresult : core_find_process(handle->system, processId, &found);
    if (result == S_OK) *process = (HCS_PROCESS)core_handle(KIND_PROCESS, handle->system, found);
    return result;
}

EXPORT void WINAPI HcsCloseProcess(HCS_PROCESS process)
{
    core_called("HcsCloseProcess", NULL);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsCloseProcess");
    if (handle) core_close(handle);
}

EXPORT HRESULT WINAPI HcsTerminateProcess(HCS_PROCESS process, HCS_OPERATION operation, PCWSTR options)
{
    Fault fault = core_called("HcsTerminateProcess", options);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsTerminateProcess");
    HRESULT result = !handle || options ? E_INVALID_ARGUMENT : performs(fault) ? core_kill(handle->process) : S_OK;
    return operation_begin(operation_use(operation, "HcsTerminateProcess"), handle, fault, result, NULL);
}

EXPORT HRESULT WINAPI HcsGetProcessInfo(HCS_PROCESS process, HCS_OPERATION operation)
{
    Fault fault = core_called("HcsGetProcessInfo", NULL);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsGetProcessInfo");
    Operation *target = operation_use(operation, "HcsGetProcessInfo");
    if (!handle || !target) return E_INVALID_ARGUMENT;
    Process *known = handle->process;
    target->has_process = true;
    target->process = (HCS_PROCESS_INFORMATION){ known->id, 0, known->their_in, known->their_out, known->their_err };
    return operation_begin(target, handle, fault, S_OK, NULL);
}

EXPORT HRESULT WINAPI HcsGetProcessProperties(HCS_PROCESS process, HCS_OPERATION operation, PCWSTR propertyQuery)
{
    Fault fault = core_called("HcsGetProcessProperties", propertyQuery);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsGetProcessProperties");
    char *answer = NULL;
    HRESULT result = handle ? core_process_properties(handle->process, &answer) : E_INVALID_ARGUMENT;
    return operation_begin(operation_use(operation, "HcsGetProcessProperties"), handle, fault, result, answer);
}

EXPORT HRESULT WINAPI HcsModifyProcess(HCS_PROCESS process, HCS_OPERATION operation, PCWSTR settings)
{
    Fault fault = core_called("HcsModifyProcess", settings);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsModifyProcess");
    HRESULT result = handle ? core_modify_process(handle->process, settings) : E_INVALID_ARGUMENT;
    return operation_begin(operation_use(operation, "HcsModifyProcess"), handle, fault, result, NULL);
}

EXPORT HRESULT WINAPI HcsSetProcessCallback(
    HCS_PROCESS process, HCS_EVENT_OPTIONS callbackOptions, void *context, HCS_EVENT_CALLBACK callback)
{
    Fault fault = core_called("HcsSetProcessCallback", NULL);
    Handle *handle = core_use(process, KIND_PROCESS, "HcsSetProcessCallback");
    if (fault.kind == FAULT_CALL) return fault.hresult;
    if (!handle || handle->listener || callbackOptions || !context) return E_INVALID_ARGUMENT;
    handle->listener = core_listen(handle->system, handle->process, (void *)callback, context);
    return S_OK;
}

/* --- service ---------------------------------------------------------------------------------------------------- */

EXPORT HRESULT WINAPI HcsGetServiceProperties(PCWSTR propertyQuery, PWSTR *result)
{
    Fault fault = core_called("HcsGetServiceProperties", propertyQuery);
    char *query = text_narrow(propertyQuery);
    *result = core_string(fault.kind == FAULT_CALL || (fault.kind == FAULT_NONE && fault.document) ? fault.document
        : json_lists(query, "PropertyTypes", "ProcessorTopology")
        ? "{\"Properties\":[{\"LogicalProcessorCount\":2,\"LogicalProcessors\":["
          "{\"LpIndex\":0,\"NodeNumber\":0,\"PackageId\":0,\"CoreId\":0,\"RootVpIndex\":0},"
          "{\"LpIndex\":1,\"NodeNumber\":0,\"PackageId\":0,\"CoreId\":0,\"RootVpIndex\":-1}]}]}"
        : json_lists(query, "PropertyTypes", "CpuGroup")
        ? "{\"Properties\":[{\"CpuGroups\":[{\"GroupId\":\"cb4c6d4f-1b7f-4a3c-8d3e-0f5b7f3f3a10\",\"Affinity\":"
          "{\"LogicalProcessorCount\":2,\"LogicalProcessors\":[0,1]},\"GroupProperties\":"
          "[{\"PropertyCode\":65536,\"PropertyValue\":32768}]}]}]}"
        : "{\"Properties\":[{\"SupportedSchemaVersions\":[{\"Major\":1,\"Minor\":0},{\"Major\":2,\"Minor\":5}]}]}");
    free(query);
    return fault.kind == FAULT_CALL ? fault.hresult : S_OK;
}

/* Stands in for the function of kernel32, so that every string is seen to be freed. */
EXPORT void *WINAPI mock_local_free(void *memory)
{
    core_free_string(memory);
    return NULL;
}
#ifndef _WIN32
EXPORT void *LocalFree(void *memory) { return mock_local_free(memory); }
#endif
