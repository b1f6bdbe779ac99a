/* UTF-8 inside, UTF-16 at the border, and as much JSON as the documents of a mock need. */
#ifndef MOCK_TEXT_H
#define MOCK_TEXT_H

#include "port.h"

/* Both return memory of malloc; NULL for NULL. */
char *text_narrow(PCWSTR text);
WCHAR *text_widen(const char *text);
int text_length(PCWSTR text);

typedef struct { char *data; size_t length, room; } Text;
void text_add(Text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* As a JSON string with its quotes. */
void text_add_quoted(Text *text, const char *value);

bool json_is_object(const char *json);
/* The value of the first member of that name at any depth, or NULL. */
const char *json_member(const char *json, const char *name);
/* Memory of malloc; NULL when the member is missing or no string. */
char *json_string(const char *json, const char *name);
/* The value of a member of this object itself, or NULL. */
const char *json_field(const char *object, const char *name);
/* The name and the value of the next member of an object, which is at its brace at first; false at the end. */
typedef struct { const char *at, *value; char *name; } Member;
bool json_next_member(Member *member);
/* The first item of a list, or NULL; the one after an item, or NULL. */
const char *json_first(const char *list);
const char *json_next(const char *item);
/* The text of a value, quotes and all; of a string, what it says. Memory of malloc; NULL for NULL. */
char *json_raw(const char *value);
char *json_said(const char *value);
bool json_true(const char *json, const char *name);
/* True when the member is missing or its list holds the text, compared as the ids of HCS are. */
bool json_allows(const char *json, const char *name, const char *value);
/* True when the member's list holds the text. */
bool json_lists(const char *json, const char *name, const char *value);

#endif
