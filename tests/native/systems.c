/* Systems: their states, their properties, the list of them. */
#include "inner.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>
#ifdef _WIN32
#define strcasecmp _stricmp
#else
#include <strings.h>
#endif

System *systems;

static System *find_locked(const char *id)
{
    for (System *system = systems; system; system = system->next)
        if (strcasecmp(system->id, id) == 0) return system;
    return NULL;
}

HRESULT check_locked(const System *system, State needed)
{
    if (system->disconnected) return surface_code(CODE_DISCONNECTED);
    if (system->state >= STATE_EXITING) return surface_code(CODE_ALREADY_STOPPED);
    return system->state == needed ? S_OK : surface_code(CODE_INVALID_STATE);
}

HRESULT core_create(PCWSTR id, PCWSTR document, System **result)
{
    char *json = text_narrow(document), *name = text_narrow(id);
    HRESULT hresult = json && json_is_object(json) ? S_OK : surface_code(CODE_INVALID_JSON);
    port_lock(&core_lock);
    if (hresult == S_OK && find_locked(name)) hresult = surface_code(CODE_EXISTS);
    if (hresult == S_OK) {
        System *system = calloc(1, sizeof *system);
        system->id = strdup(name);
        system->owner = json_string(json, "Owner");
        if (!system->owner) system->owner = strdup("");
        system->runtime_id = json_string(json, "RuntimeId");
        if (!system->runtime_id && json_true(json, "HvPartition"))
            system->runtime_id = strdup("6f2a1c0e-5b57-4c1b-9c53-0d8f5e3a7b21");
        system->hosting_id = json_string(json, "HostingSystemId");
        system->type = strdup(json_member(json, "VirtualMachine") ? "VirtualMachine" : "Container");
        system->dies_with_last_handle = json_true(json, "TerminateOnLastHandleClosed")
            || json_true(json, "ShouldTerminateOnLastHandleClosed");
        system->next_process = 4294960000u;
        system->next = systems;
        systems = *result = system;
    }
    port_unlock(&core_lock);
    free(json);
    free(name);
    return hresult;
}

HRESULT core_find(PCWSTR id, System **result)
{
    char *name = text_narrow(id);
    port_lock(&core_lock);
    *result = find_locked(name);
    port_unlock(&core_lock);
    free(name);
    return *result ? S_OK : surface_code(CODE_NOT_FOUND);
}

static HRESULT move(System *system, State from, State to)
{
    port_lock(&core_lock);
    HRESULT hresult = check_locked(system, from);
    if (hresult == S_OK) {
        if (from == STATE_CREATED) system->started = port_milliseconds();
        system->state = to;
    }
    port_unlock(&core_lock);
    return hresult;
}

HRESULT core_start(System *system) { return move(system, STATE_CREATED, STATE_RUNNING); }
HRESULT core_pause(System *system) { return move(system, STATE_RUNNING, STATE_PAUSED); }
HRESULT core_resume(System *system) { return move(system, STATE_PAUSED, STATE_RUNNING); }

void finish_exit_locked(System *system)
{
    if (system->state != STATE_EXITING || system->running_processes > 0) return;
    system->state = STATE_EXITED;
    System **link = &systems;
    while (*link != system) link = &(*link)->next;
    *link = system->next;
    surface_exited_locked(system);
    raise_locked(system, NULL, EVENT_SYSTEM_EXITED, system->exit_status, system->exit_document, exit_delay);
}

void begin_exit_locked(System *system, const char *exit_type, HRESULT status)
{
    system->state = STATE_EXITING;
    system->exit_status = status;
    system->forced = strcmp(exit_type, "GracefulExit") != 0;
    free(system->exit_document);
    system->exit_document = NULL;
    if (core_exit_data) {
        Text text = { 0 };
        text_add(&text, "{\"Status\":%d,\"ExitType\":\"%s\"}", (int)status, exit_type);
        system->exit_document = text.data;
    }
    for (Process *process = system->processes; process; process = process->next) process->stop = true;
    finish_exit_locked(system);
}

HRESULT core_exit(System *system, const char *exit_type, HRESULT status)
{
    port_lock(&core_lock);
    HRESULT hresult = system->disconnected ? surface_code(CODE_DISCONNECTED)
        : system->state == STATE_EXITED || (system->state == STATE_EXITING && system->forced)
            ? surface_code(CODE_ALREADY_STOPPED) : S_OK;
    /* A second shutdown changes nothing; a termination ends what withstands the first. */
    bool again = system->state == STATE_EXITING && strcmp(exit_type, "GracefulExit") == 0;
    if (hresult == S_OK && !again) begin_exit_locked(system, exit_type, status);
    port_unlock(&core_lock);
    return hresult;
}

HRESULT core_modify(System *system, PCWSTR document)
{
    char *json = text_narrow(document);
    port_lock(&core_lock);
    HRESULT hresult = !json || !json_is_object(json) ? surface_code(CODE_INVALID_JSON) : check_locked(system, STATE_RUNNING);
    port_unlock(&core_lock);
    free(json);
    return hresult;
}

static const char *state_name(State state)
{
    static const char *const names[] = { "Created", "Running", "Paused", "Running", "Stopped" };
    return names[state];
}

static void describe_locked(Text *text, System *system, const char *query)
{
    text_add(text, "{\"Id\":");
    text_add_quoted(text, system->id);
    text_add(text, ",\"SystemType\":\"%s\",\"Name\":", system->type);
    text_add_quoted(text, system->id);
    text_add(text, ",\"Owner\":");
    text_add_quoted(text, system->owner);
    text_add(text, ",\"RuntimeOsType\":\"Windows\"");
    if (system->runtime_id) text_add(text, ",\"RuntimeId\":\"%s\"", system->runtime_id);
    if (system->hosting_id) text_add(text, ",\"HostingSystemId\":\"%s\"", system->hosting_id);
    if (core_created_told || system->state != STATE_CREATED) text_add(text, ",\"State\":\"%s\"", state_name(system->state));
    bool running = system->state == STATE_RUNNING || system->state == STATE_PAUSED;
    if (running && json_lists(query, "PropertyTypes", "Statistics"))
        text_add(text, ",\"Statistics\":{\"Timestamp\":\"2026-08-25T23:32:19.0685861Z\",\"ContainerStartTime\":"
            "\"2026-08-25T23:32:10.7938384Z\",\"Uptime100ns\":%llu,\"Processor\":{\"TotalRuntime100ns\":25549260},"
            "\"Memory\":{\"MemoryUsageCommitBytes\":18446744073709551615},\"Storage\":{\"ReadSizeBytes\":118282240}}",
            (unsigned long long)(port_milliseconds() - system->started) * 10000 + 1);
    if (running && json_lists(query, "PropertyTypes", "Memory"))
        text_add(text, ",\"Memory\":{\"VirtualNodeCount\":1,\"VirtualMachineMemory\":{\"AvailableMemory\":42,"
            "\"ReservedMemory\":131072,\"AssignedMemory\":262144,\"BalancingEnabled\":true}}");
    if (running && json_lists(query, "PropertyTypes", "ProcessorTopology"))
        text_add(text, ",\"ProcessorTopology\":{\"LogicalProcessorCount\":2}");
    if (running && json_lists(query, "PropertyTypes", "ProcessList")) {
        text_add(text, ",\"ProcessList\":[");
        const char *comma = "";
        for (Process *process = system->processes; process; process = process->next) {
            if (process->exited) continue;
            text_add(text, "%s{\"CreateTimestamp\":\"2026-08-07T16:39:41.9911421Z\",\"ImageName\":\"mock.exe\","
                "\"ProcessId\":%u}", comma, (unsigned)process->id);
            comma = ",";
        }
        text_add(text, "]");
    }
    text_add(text, "}");
}

HRESULT core_properties(System *system, PCWSTR query, char **answer)
{
    char *json = text_narrow(query);
    Text text = { 0 };
    port_lock(&core_lock);
    HRESULT hresult = json && !json_is_object(json) ? surface_code(CODE_INVALID_JSON)
        : system->disconnected ? surface_code(CODE_DISCONNECTED)
        : system->state == STATE_EXITED ? surface_code(CODE_ALREADY_STOPPED) : S_OK;
    if (hresult == S_OK) describe_locked(&text, system, json);
    port_unlock(&core_lock);
    free(json);
    *answer = text.data;
    return hresult;
}

HRESULT core_enumerate(PCWSTR query, char **answer)
{
    char *json = text_narrow(query);
    Text text = { 0 };
    const char *comma = "";
    if (json && !json_is_object(json)) { free(json); return surface_code(CODE_INVALID_JSON); }
    text_add(&text, "[");
    port_lock(&core_lock);
    for (System *system = systems; system; system = system->next) {
        if (!json_allows(json, "Ids", system->id) || !json_allows(json, "Owners", system->owner)
            || !json_allows(json, "Names", system->id) || !json_allows(json, "Types", system->type)) continue;
        text_add(&text, "%s", comma);
        describe_locked(&text, system, NULL);
        comma = ",";
    }
    port_unlock(&core_lock);
    text_add(&text, "]");
    free(json);
    *answer = text.data;
    return S_OK;
}
