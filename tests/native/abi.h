/* The types of both libraries. Where the Windows headers are at hand they are used, so that a wrong prototype does
   not compile; elsewhere the same types are declared from the ABI tables. */
#ifndef MOCK_ABI_H
#define MOCK_ABI_H

#include "port.h"

#ifdef _WIN32
#ifdef MOCK_VMCOMPUTE
#include <computedefs.h>
#else
#include <computecore.h>
#endif
#else
typedef void *HCS_SYSTEM, *HCS_PROCESS, *HCS_OPERATION;
typedef void SECURITY_DESCRIPTOR;
typedef int HCS_EVENT_TYPE, HCS_EVENT_OPTIONS;
typedef struct { HCS_EVENT_TYPE Type; PCWSTR EventData; HCS_OPERATION Operation; } HCS_EVENT;
typedef struct { DWORD ProcessId, Reserved; HANDLE StdInput, StdOutput, StdError; } HCS_PROCESS_INFORMATION;
typedef void (CALLBACK *HCS_OPERATION_COMPLETION)(HCS_OPERATION operation, void *context);
typedef void (CALLBACK *HCS_EVENT_CALLBACK)(HCS_EVENT *event, void *context);
typedef void (CALLBACK *HCS_NOTIFICATION_CALLBACK)(DWORD type, void *context, HRESULT status, PCWSTR data);
#endif

_Static_assert(sizeof(HCS_EVENT) == 24, "HCS_EVENT");
_Static_assert(sizeof(HCS_PROCESS_INFORMATION) == 32, "HCS_PROCESS_INFORMATION");

#endif
