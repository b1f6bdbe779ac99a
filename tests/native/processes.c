/* Processes: their start, their pipes, their end. */
#include "inner.h"
#include "text.h"
#include <stdlib.h>
#include <string.h>

char *status_of(Process *process)
{
    Text text = { 0 };
    text_add(&text, "{\"ProcessId\":%u,\"Exited\":%s,\"ExitCode\":%u,\"LastWaitResult\":0}", (unsigned)process->id,
             process->exited ? "true" : "false", (unsigned)process->exit_code);
    return text.data;
}

HRESULT core_execute(System *system, PCWSTR document, Process **result)
{
    char *json = text_narrow(document);
    if (json_true(json, "CreateInUtilityVm")) core_record("HcsCreateProcess CreateInUtilityVm %s", system->id);
    port_lock(&core_lock);
    HRESULT hresult = !json || !json_is_object(json) ? surface_code(CODE_INVALID_JSON) : check_locked(system, STATE_RUNNING);
    char *command = json_string(json, "CommandLine");
    if (hresult == S_OK && (!command || !process_knows(command))) hresult = E_FILE_MISSING;
    if (hresult == S_OK) {
        Process *process = calloc(1, sizeof *process);
        process->system = system;
        process->id = system->next_process++;
        process->command = command;
        process->console = json_true(json, "EmulateConsole");
        if (json_true(json, "CreateStdInPipe")) port_pipe_to_library(&process->in, &process->their_in);
        if (json_true(json, "CreateStdOutPipe")) port_pipe_from_library(&process->out, &process->their_out);
        /* Both ways of saying "none" are in the field. */
        if (!json_true(json, "CreateStdErrPipe")) process->their_err = INVALID_HANDLE_VALUE;
        else if (process->console) process->their_err = NULL;
        else port_pipe_from_library(&process->err, &process->their_err);
        process->next = system->processes;
        system->processes = process;
        system->running_processes++;
        busy++;
        port_thread(process_main, process);
        *result = process;
    } else {
        free(command);
    }
    port_unlock(&core_lock);
    free(json);
    return hresult;
}

void core_process_ended(Process *process, DWORD exit_code)
{
    port_lock(&core_lock);
    process->exited = true;
    process->exit_code = exit_code;
    port_close(process->in);
    port_close(process->out);
    port_close(process->err);
    Process **link = &process->system->processes;
    while (*link != process) link = &(*link)->next;
    *link = process->next;
    if (!process->system->disconnected) {
        char *status = status_of(process);
        raise_locked(process->system, process, EVENT_PROCESS_EXITED, S_OK, core_exit_data ? status : NULL, exit_delay);
        free(status);
    }
    process->system->running_processes--;
    finish_exit_locked(process->system);
    busy--;
    port_wake_all(&core_changed);
    port_unlock(&core_lock);
}

HRESULT core_find_process(System *system, DWORD id, Process **result)
{
    HRESULT hresult = E_ELEMENT_MISSING;
    port_lock(&core_lock);
    if (system->disconnected) hresult = surface_code(CODE_DISCONNECTED);
    else if (system->state >= STATE_EXITING) hresult = surface_code(CODE_ALREADY_STOPPED);
    else
        for (Process *process = system->processes; process; process = process->next)
            if (process->id == id) { *result = process; hresult = S_OK; }
    port_unlock(&core_lock);
    return hresult;
}

static HRESULT check_process_locked(const Process *process)
{
    return process->system->disconnected ? surface_code(CODE_DISCONNECTED)
        : process->exited ? surface_code(CODE_PROCESS_STOPPED) : S_OK;
}

HRESULT core_kill(Process *process)
{
    port_lock(&core_lock);
    HRESULT hresult = check_process_locked(process);
    if (hresult == S_OK && process->killed) hresult = E_ACCESS_DENIED;
    if (hresult == S_OK) process->killed = process->stop = true;
    port_unlock(&core_lock);
    return hresult;
}

HRESULT core_modify_process(Process *process, PCWSTR document)
{
    char *json = text_narrow(document);
    port_lock(&core_lock);
    HRESULT hresult = check_process_locked(process);
    if (hresult == S_OK && (!json || !json_is_object(json))) hresult = surface_code(CODE_INVALID_JSON);
    char *operation = json_string(json, "Operation"), *closed = json_string(json, "Handle");
    if (hresult == S_OK && (!operation || (strcmp(operation, "ConsoleSize") == 0 && !process->console)))
        hresult = E_INVALID_ARGUMENT;
    if (hresult == S_OK && closed && strcmp(closed, "StdIn") == 0) process->stdin_closed = true;
    port_unlock(&core_lock);
    free(operation);
    free(closed);
    free(json);
    return hresult;
}

HRESULT core_process_properties(Process *process, char **answer)
{
    port_lock(&core_lock);
    HRESULT hresult = process->system->disconnected ? surface_code(CODE_DISCONNECTED) : S_OK;
    if (hresult == S_OK) *answer = status_of(process);
    port_unlock(&core_lock);
    return hresult;
}
