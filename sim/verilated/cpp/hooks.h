// SPDX-License-Identifier: Apache-2.0
// Force-included in front of every file of a model: what a model prints goes to the log of the model that is being
// evaluated on this thread, and a fatal error unwinds to the evaluation instead of ending the process.
#pragma once
#include <string>

int vlt_printf(const char* format, ...) __attribute__((format(printf, 1, 2)));

struct VltFatal final {};

// The log of the model that is being evaluated on this thread; null outside evaluations.
extern thread_local std::string* vlt_log;
