// SPDX-License-Identifier: Apache-2.0
// One copy for all models of a program.
#include "verilated.h"

#include <cstdarg>
#include <cstdio>

thread_local std::string* vlt_log = nullptr;

// A log that nobody reads must not grow without end.
static constexpr size_t LogLimit = 1 << 20;

int vlt_printf(const char* format, ...) {
    char small[1024];
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    const int length = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (length > 0) {
        std::string text;
        if (static_cast<size_t>(length) < sizeof small) {
            text.assign(small, static_cast<size_t>(length));
        } else {
            text.resize(static_cast<size_t>(length) + 1);
            vsnprintf(&text[0], text.size(), format, again);
            text.resize(static_cast<size_t>(length));
        }
        if (!vlt_log) {
            fputs(text.c_str(), stderr);
        } else if (vlt_log->size() + text.size() <= LogLimit) {
            *vlt_log += text;
        }
    }
    va_end(again);
    return length;
}

void vl_fatal(const char* filename, int linenum, const char*, const char* msg) {
    Verilated::threadContextp()->gotError(true);
    Verilated::threadContextp()->gotFinish(true);
    if (filename && filename[0]) {
        vlt_printf("%%Error: %s:%d: %s\n", filename, linenum, msg);
    } else {
        vlt_printf("%%Error: %s\n", msg);
    }
    throw VltFatal{};
}
