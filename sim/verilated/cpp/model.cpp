// SPDX-License-Identifier: Apache-2.0
// The C face of one model; the build script fills in the words between at signs.
#include "@PREFIX@.h"
#include "verilated.h"
#if VM_TRACE
#include "verilated_fst_c.h"
#endif

#include <cstdint>
#include <cstring>
#include <memory>

namespace {

struct Model final {
    VerilatedContext context;
    std::string log;
    std::unique_ptr<@PREFIX@> top;
#if VM_TRACE
    std::unique_ptr<VerilatedFstC> trace;
#endif
    bool dead = false;
};

// Selects the model for this thread while in scope.
struct Scope final {
    explicit Scope(Model* model) {
        Verilated::threadContextp(&model->context);
        vlt_log = &model->log;
    }
    ~Scope() { vlt_log = nullptr; }
};

int32_t status(const Model* model) {
    if (model->dead || model->context.gotError()) return 1;
    return model->context.gotFinish() ? 2 : 0;
}

int32_t eval(void* handle, uint64_t time) {
    Model* const model = static_cast<Model*>(handle);
    if (model->dead) return 1;
    const Scope scope{model};
    model->context.time(time);
    try {
        model->top->eval();
#if VM_TRACE
        if (model->trace) model->trace->dump(time);
#endif
    } catch (const VltFatal&) {
        model->dead = true;
    }
    return status(model);
}

size_t log_take(void* handle, char* out, size_t size) {
    Model* const model = static_cast<Model*>(handle);
    const size_t length = model->log.size() < size ? model->log.size() : size;
    if (out && length) {
        memcpy(out, model->log.data(), length);
        model->log.erase(0, length);
    }
    return out ? length : model->log.size();
}

int32_t trace_open(void* handle, const char* path) {
#if VM_TRACE
    Model* const model = static_cast<Model*>(handle);
    const Scope scope{model};
    try {
        if (model->trace) model->trace->close();
        model->trace.reset(new VerilatedFstC);
        model->top->trace(model->trace.get(), 99);
        model->trace->open(path);
        if (!model->trace->isOpen()) {
            model->trace.reset();
            return 2;
        }
        return 0;
    } catch (...) {
        model->trace.reset();
        return 2;
    }
#else
    (void)handle;
    (void)path;
    return 1;
#endif
}

void trace_close(void* handle) {
#if VM_TRACE
    Model* const model = static_cast<Model*>(handle);
    const Scope scope{model};
    try {
        if (model->trace) model->trace->close();
    } catch (...) {
    }
    model->trace.reset();
#else
    (void)handle;
#endif
}

void set_assertions(void* handle, int32_t on) {
    static_cast<Model*>(handle)->context.assertOn(on != 0);
}

void close_model(void* handle) {
    Model* const model = static_cast<Model*>(handle);
    trace_close(handle);
    {
        const Scope scope{model};
        try {
            if (!model->dead) model->top->final();
        } catch (const VltFatal&) {
        }
        model->top.reset();
    }
    delete model;
}

}  // namespace

extern "C" {

// Mirrors verilated::Table in Rust.
struct vlt_table {
    uint32_t version;
    uint32_t ports_len;
    void* handle;
    int32_t (*eval)(void*, uint64_t);
    size_t (*log_take)(void*, char*, size_t);
    int32_t (*trace_open)(void*, const char*);
    void (*trace_close)(void*);
    void (*set_assertions)(void*, int32_t);
    void (*close)(void*);
};

// Makes a model and gives the addresses of its ports. Returns 0, or 1 when `ports_len` does not match.
int32_t vlt_@NAME@_open(uint32_t seed, void** ports, uint32_t ports_len, vlt_table* table) {
    Model* const model = new Model;
    model->context.fatalOnError(false);
    model->context.traceEverOn(VM_TRACE != 0);
    model->context.randReset(2);
    // Zero would mean a seed from the clock.
    const uint32_t nonzero = seed % 0x7fffffff + 1;
    model->context.randSeed(static_cast<int>(nonzero));
    {
        const Scope scope{model};
        model->top.reset(new @PREFIX@{&model->context, "TOP"});
    }
    @PREFIX@* const top = model->top.get();
    void* const list[] = {@PORTS@};
    if (ports_len != sizeof list / sizeof *list) {
        close_model(model);
        return 1;
    }
    memcpy(ports, list, sizeof list);
    *table = vlt_table{2,          ports_len,  model,       eval,          log_take,
                       trace_open, trace_close, set_assertions, close_model};
    return 0;
}
}
