/* The operations of the mock of computecore. */
#ifndef MOCK_OPERATION_H
#define MOCK_OPERATION_H

#include "abi.h"
#include "core.h"

typedef struct Operation {
    uint32_t magic;
    HCS_OPERATION_COMPLETION callback;
    void *context;
    enum { UNUSED, RUNNING, DONE } state;
    bool has_process;
    HRESULT result;
    char *document;
    HCS_PROCESS_INFORMATION process;
    int waiting;
    Handle *target; /* what it runs on, until its end */
    struct Operation *next;
} Operation;

/* NULL, and a violation, for an operation that is closed. */
Operation *operation_use(HCS_OPERATION handle, const char *function);

/* Takes the document. A refusal of the state comes as result, one that is planned where the plan says. */
HRESULT operation_begin(Operation *operation, Handle *target, Fault fault, HRESULT result, char *document);

#endif
