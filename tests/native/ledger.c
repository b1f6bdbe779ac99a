/* What was called, what is planned, what is alive. */
#include "inner.h"
#include "text.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct String { void *text; struct String *next; } String;

Call *calls;
Plan *plans;
int alive[KIND_COUNT], violations;
char violation_text[256];

static String *strings;
static Text record;

Call *call_of(const char *function)
{
    for (Call *call = calls; call; call = call->next)
        if (strcmp(call->name, function) == 0) return call;
    Call *call = calloc(1, sizeof *call);
    snprintf(call->name, sizeof call->name, "%s", function);
    call->next = calls;
    return calls = call;
}

Fault core_called(const char *function, PCWSTR document)
{
    Fault none = { FAULT_NONE, S_OK, 0, NULL };
    port_lock(&core_lock);
    Call *call = call_of(function);
    call->count++;
    free(call->document);
    call->document = text_narrow(document);
    for (Plan *plan = plans; plan; plan = plan->next)
        if (strcmp(plan->name, function) == 0
            && (plan->countdown < 0 || (plan->countdown > 0 && --plan->countdown == 0))) {
            none = plan->fault;
            break;
        }
    call->waiting++;
    while (call->held) port_wait(&core_changed, &core_lock, -1);
    call->waiting--;
    port_unlock(&core_lock);
    return none;
}

void core_violation(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    port_lock(&core_lock);
    if (violations++ == 0) vsnprintf(violation_text, sizeof violation_text, format, arguments);
    port_unlock(&core_lock);
    va_end(arguments);
}

void core_record(const char *format, ...)
{
    char line[4096];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    port_lock(&core_lock);
    text_add(&record, "%s\n", line);
    port_unlock(&core_lock);
}

void forget_record_locked(void)
{
    free(record.data);
    record = (Text){ 0 };
}

/* The lines of the list, in UTF-8; size bytes at most. */
EXPORT void mock_record(char *text, int size)
{
    port_lock(&core_lock);
    snprintf(text, (size_t)size, "%s", record.data ? record.data : "");
    port_unlock(&core_lock);
}

void core_count(Kind kind, int difference)
{
    port_lock(&core_lock);
    alive[kind] += difference;
    port_unlock(&core_lock);
}

PWSTR core_string(const char *text)
{
    if (!text) return NULL;
    String *string = malloc(sizeof *string);
    string->text = text_widen(text);
    port_lock(&core_lock);
    string->next = strings;
    strings = string;
    alive[KIND_STRING]++;
    port_unlock(&core_lock);
    return string->text;
}

void core_free_string(void *text)
{
    if (!text) return;
    port_lock(&core_lock);
    String **link = &strings, *found;
    while (*link && (*link)->text != text) link = &(*link)->next;
    found = *link;
    if (found) { *link = found->next; alive[KIND_STRING]--; }
    port_unlock(&core_lock);
#ifdef _WIN32
    /* LocalFree and CoTaskMemFree also free what Windows itself allocated. */
    if (!found && HeapValidate(GetProcessHeap(), 0, text)) { HeapFree(GetProcessHeap(), 0, text); return; }
#endif
    if (!found) { core_violation("freed a string that is not this library's or is free already"); return; }
    free(found);
    free(text);
}

char *core_error_document(HRESULT hresult)
{
    Text text = { 0 };
    text_add(&text, "{\"Error\":%d,\"ErrorMessage\":\"mock \xC3\xA9rror\",\"ErrorEvents\":[{\"Message\":\"because\"}]}",
             (int)hresult);
    return text.data;
}
