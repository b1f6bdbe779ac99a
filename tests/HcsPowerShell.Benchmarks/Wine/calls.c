/* Lists 1,000 systems and takes statistics of one, as the script beside it does; prints the nanoseconds of each call. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#ifdef _WIN32
#define IMPORT __declspec(dllimport)
#define CALL __stdcall
#else
#define IMPORT
#define CALL
#endif

/* The texts of Windows have two bytes a character, here and there. */
typedef const uint16_t *Text;

IMPORT void *CALL HcsCreateOperation(const void *context, void *callback);
IMPORT void CALL HcsCloseOperation(void *operation);
IMPORT int CALL HcsWaitForOperationResult(void *operation, uint32_t milliseconds, uint16_t **document);
IMPORT int CALL HcsEnumerateComputeSystems(Text query, void *operation);
IMPORT int CALL HcsOpenComputeSystem(Text id, uint32_t access, void **system);
IMPORT int CALL HcsGetComputeSystemProperties(void *system, void *operation, Text query);
IMPORT void CALL HcsCloseComputeSystem(void *system);
IMPORT void *CALL LocalFree(void *memory);
IMPORT int mock_add_system(Text id, Text document, int started);

static void require(int hresult)
{
    if (hresult < 0) {
        fprintf(stderr, "%08x\n", (unsigned)hresult);
        exit(1);
    }
}

static void finish(void *operation)
{
    uint16_t *document;
    require(HcsWaitForOperationResult(operation, UINT32_MAX, &document));
    LocalFree(document);
    HcsCloseOperation(operation);
}

static void list(void)
{
    void *operation = HcsCreateOperation(NULL, NULL);
    require(HcsEnumerateComputeSystems(u"{}", operation));
    finish(operation);
}

static void statistics(void)
{
    void *system;
    require(HcsOpenComputeSystem(u"system-1", 0x10000000, &system));
    void *operation = HcsCreateOperation(NULL, NULL);
    require(HcsGetComputeSystemProperties(system, operation, u"{\"PropertyTypes\":[\"Statistics\"]}"));
    finish(operation);
    HcsCloseComputeSystem(system);
}

static void measure(const char *name, void (*call)(void), int count)
{
    for (int i = 0; i < count; i++) {
        struct timespec before, after;
        clock_gettime(CLOCK_MONOTONIC, &before);
        call();
        clock_gettime(CLOCK_MONOTONIC, &after);
        printf("%s %lld\n", name, (after.tv_sec - before.tv_sec) * 1000000000LL + after.tv_nsec - before.tv_nsec);
    }
}

int main(void)
{
    for (int i = 1; i <= 1000; i++) {
        char text[16];
        uint16_t id[16];
        for (int at = 0, end = snprintf(text, sizeof text, "system-%d", i); at <= end; at++) id[at] = (uint16_t)text[at];
        require(mock_add_system(id, u"{\"Owner\":\"benchmark\"}", i == 1));
    }
    measure("list", list, 40);
    measure("statistics", statistics, 400);
}
