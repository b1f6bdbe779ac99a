/* A function of Windows answers not 0 for success, and tells the reason of a failure in the last error. */
#ifndef MOCK_LAST_ERROR_H
#define MOCK_LAST_ERROR_H

#ifndef _WIN32
#include <errno.h>

#define ERROR_FILE_NOT_FOUND 2
#define ERROR_PATH_NOT_FOUND 3
#define ERROR_ACCESS_DENIED 5
#define ERROR_INVALID_HANDLE 6
#define ERROR_INSUFFICIENT_BUFFER 122
#define ERROR_ALREADY_EXISTS 183

static inline int fail(int error)
{
    errno = error;
    return 0;
}

static inline int succeed(void)
{
    errno = 0;
    return 1;
}

#endif
#endif
