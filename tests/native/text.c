#include "text.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef _WIN32
#define strcasecmp _stricmp
#else
#include <strings.h>
#endif

int text_length(PCWSTR text)
{
    int length = 0;
    while (text[length]) length++;
    return length;
}

static char *put(char *out, uint32_t c)
{
    if (c < 0x80) *out++ = (char)c;
    else if (c < 0x800) { *out++ = (char)(0xC0 | c >> 6); *out++ = (char)(0x80 | (c & 0x3F)); }
    else if (c < 0x10000) {
        *out++ = (char)(0xE0 | c >> 12); *out++ = (char)(0x80 | (c >> 6 & 0x3F)); *out++ = (char)(0x80 | (c & 0x3F));
    } else {
        *out++ = (char)(0xF0 | c >> 18); *out++ = (char)(0x80 | (c >> 12 & 0x3F));
        *out++ = (char)(0x80 | (c >> 6 & 0x3F)); *out++ = (char)(0x80 | (c & 0x3F));
    }
    return out;
}

char *text_narrow(PCWSTR text)
{
    if (!text) return NULL;
    char *result = malloc((size_t)text_length(text) * 3 + 1), *out = result;
    while (*text) {
        uint32_t c = (uint16_t)*text++;
        if (c >= 0xD800 && c < 0xDC00 && *text) c = 0x10000 + ((c - 0xD800) << 10) + ((uint16_t)*text++ - 0xDC00);
        out = put(out, c);
    }
    *out = 0;
    return result;
}

WCHAR *text_widen(const char *text)
{
    if (!text) return NULL;
    const unsigned char *in = (const unsigned char *)text;
    WCHAR *result = malloc((strlen(text) + 1) * sizeof(WCHAR)), *out = result;
    while (*in) {
        uint32_t c = *in++;
        int more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        c = more == 0 ? c : c & (0x3Fu >> more);
        for (; more > 0 && *in; more--) c = c << 6 | (*in++ & 0x3F);
        if (c >= 0x10000) { *out++ = (WCHAR)(0xD800 + ((c - 0x10000) >> 10)); c = 0xDC00 + ((c - 0x10000) & 0x3FF); }
        *out++ = (WCHAR)c;
    }
    *out = 0;
    return result;
}

void text_add(Text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (text->length + (size_t)length + 1 > text->room) {
        text->room = (text->length + (size_t)length + 1) * 2;
        text->data = realloc(text->data, text->room);
    }
    va_start(arguments, format);
    vsnprintf(text->data + text->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    text->length += (size_t)length;
}

void text_add_quoted(Text *text, const char *value)
{
    text_add(text, "\"");
    for (; *value; value++) {
        if (*value == '"' || *value == '\\') text_add(text, "\\%c", *value);
        else if ((unsigned char)*value < 0x20) text_add(text, "\\u%04x", *value);
        else text_add(text, "%c", *value);
    }
    text_add(text, "\"");
}

/* The position after a string that begins at a quote. */
static const char *after_string(const char *quote)
{
    const char *c = quote + 1;
    while (*c && *c != '"') c += *c == '\\' && c[1] ? 2 : 1;
    return *c ? c + 1 : c;
}

static const char *skip_space(const char *c)
{
    while (isspace((unsigned char)*c)) c++;
    return c;
}

bool json_is_object(const char *json)
{
    int depth = 0;
    const char *c = skip_space(json);
    if (*c != '{') return false;
    while (*c) {
        if (*c == '"') { c = after_string(c); continue; }
        if (*c == '{' || *c == '[') depth++;
        if (*c == '}' || *c == ']') depth--;
        c++;
        if (depth == 0) return *skip_space(c) == 0;
    }
    return false;
}

const char *json_member(const char *json, const char *name)
{
    size_t length = strlen(name);
    if (!json) return NULL;
    for (const char *c = json; *c;) {
        if (*c != '"') { c++; continue; }
        const char *next = after_string(c), *colon = skip_space(next);
        if (*colon == ':' && (size_t)(next - c) == length + 2 && strncmp(c + 1, name, length) == 0)
            return skip_space(colon + 1);
        c = next;
    }
    return NULL;
}

static char *unquote(const char *quote)
{
    char *result = malloc(strlen(quote) + 1), *out = result;
    for (const char *c = quote + 1; *c && *c != '"'; c++) {
        if (*c != '\\') { *out++ = *c; continue; }
        c++;
        if (*c == 'u') {
            char digits[5] = { c[1], c[2], c[3], c[4], 0 };
            uint32_t unit = (uint32_t)strtoul(digits, NULL, 16);
            c += 4;
            if (unit >= 0xD800 && unit < 0xDC00 && c[1] == '\\' && c[2] == 'u') {
                char low[5] = { c[3], c[4], c[5], c[6], 0 };
                unit = 0x10000 + ((unit - 0xD800) << 10) + ((uint32_t)strtoul(low, NULL, 16) - 0xDC00);
                c += 6;
            }
            out = put(out, unit);
        } else {
            *out++ = *c == 'n' ? '\n' : *c == 'r' ? '\r' : *c == 't' ? '\t' : *c;
        }
    }
    *out = 0;
    return result;
}

char *json_string(const char *json, const char *name)
{
    const char *value = json_member(json, name);
    return value && *value == '"' ? unquote(value) : NULL;
}

/* The position after a value. */
static const char *after_value(const char *c)
{
    int depth = 0;
    do {
        if (*c == '"') { c = after_string(c); continue; }
        if (*c == '{' || *c == '[') depth++;
        else if (*c == '}' || *c == ']') depth--;
        else if (depth == 0) {
            while (*c && !strchr(",}] \t\r\n", *c)) c++;
            break;
        }
        c++;
    } while (*c && depth > 0);
    return c;
}

bool json_next_member(Member *member)
{
    free(member->name);
    member->name = NULL;
    const char *c = skip_space(member->value ? after_value(member->value) : member->at);
    if (*c != '{' && *c != ',') return false;
    c = skip_space(c + 1);
    if (*c != '"') return false;
    member->name = unquote(c);
    member->value = skip_space(skip_space(after_string(c)) + 1);
    return true;
}

const char *json_field(const char *object, const char *name)
{
    const char *value = NULL;
    if (!object || *skip_space(object) != '{') return NULL;
    Member member = { object, NULL, NULL };
    while (!value && json_next_member(&member))
        if (strcmp(member.name, name) == 0) value = member.value;
    free(member.name);
    return value;
}

const char *json_first(const char *list)
{
    if (!list || *list != '[') return NULL;
    const char *item = skip_space(list + 1);
    return *item == ']' ? NULL : item;
}

const char *json_next(const char *item)
{
    const char *c = skip_space(after_value(item));
    return *c == ',' ? skip_space(c + 1) : NULL;
}

char *json_raw(const char *value)
{
    if (!value) return NULL;
    size_t length = (size_t)(after_value(value) - value);
    char *text = calloc(1, length + 1);
    memcpy(text, value, length);
    return text;
}

char *json_said(const char *value) { return !value ? NULL : *value == '"' ? unquote(value) : json_raw(value); }

bool json_true(const char *json, const char *name)
{
    const char *value = json_member(json, name);
    return value && strncmp(value, "true", 4) == 0;
}

bool json_lists(const char *json, const char *name, const char *value)
{
    const char *c = json_member(json, name);
    if (!c || *c != '[') return false;
    while (*c && *c != ']') {
        if (*c != '"') { c++; continue; }
        char *item = unquote(c);
        bool same = strcasecmp(item, value) == 0;
        free(item);
        if (same) return true;
        c = after_string(c);
    }
    return false;
}

bool json_allows(const char *json, const char *name, const char *value)
{
    return !json_member(json, name) || json_lists(json, name, value);
}
