// SPDX-License-Identifier: Apache-2.0
// Assertion macros. Names end _A (assert), _M (assume), _C (cover).
// Contract: immediate assertions in a clocked block, in simulation (verilate with --assert) and
// under FORMAL. For concurrent ones the simulator copies every signal they name on every edge, a
// fifth of its time. In simulation the test stands before the assertion, as asking whether
// assertions are on costs more than most tests. Under SYNTHESIS (which the slang frontend defines)
// they vanish.
// `clk_i` and `rst_ni` must be in scope; nothing is checked while rst_ni is low. Values are those
// before the edge.
//   `TOE_ASSERT(Name_A, expr)          expr is a boolean
//   `TOE_ASSUME(Name_M, expr) an assumption under FORMAL, checked like an assertion in simulation
//   `TOE_COVER(Name_C, expr)
//   `TOE_ASSERT_SEQ(Name_A, property)  a property with |=> or $past; simulation only
//   `TOE_STATIC(Name_A, const_expr)    stops elaboration
`ifndef TOE_ASSERT_SVH
`define TOE_ASSERT_SVH

`define TOE_STATIC(name_, expr_) \
  if (!(expr_)) begin : name_ \
    $error(`"static assertion failed: name_`"); \
  end

`ifdef FORMAL
  `define TOE_ASSERT(name_, expr_) always @(posedge clk_i) if (rst_ni) name_: assert (expr_);
  `define TOE_ASSUME(name_, expr_) always @(posedge clk_i) if (rst_ni) name_: assume (expr_);
  `define TOE_COVER(name_, expr_)  always @(posedge clk_i) if (rst_ni) name_: cover (expr_);
  `define TOE_ASSERT_SEQ(name_, prop_)
`elsif SYNTHESIS
  `define TOE_ASSERT(name_, expr_)
  `define TOE_ASSUME(name_, expr_)
  `define TOE_COVER(name_, expr_)
  `define TOE_ASSERT_SEQ(name_, prop_)
`else
  `define TOE_ASSERT(name_, expr_) \
    always @(posedge clk_i) \
      if (rst_ni && !(expr_)) name_: assert (1'b0) else $error(`"%m: name_ failed`");
  `define TOE_ASSUME(name_, expr_) \
    always @(posedge clk_i) \
      if (rst_ni && !(expr_)) name_: assert (1'b0) else $error(`"%m: name_ (assumption) failed`");
  `define TOE_COVER(name_, expr_) \
    always @(posedge clk_i) if (rst_ni) name_: cover (expr_);
  `define TOE_ASSERT_SEQ(name_, prop_) \
    name_: assert property (@(posedge clk_i) disable iff (!rst_ni) prop_) \
      else $error(`"%m: name_ failed`");
`endif

`endif
