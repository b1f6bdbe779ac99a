using System;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Faults;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Faults;

public sealed class FaultRuleTests
{
    [Theory]
    [InlineData("0x80370105", 0x80370105)]
    [InlineData("0XC0370105", 0xC0370105)]
    [InlineData("-2143878907", 0x80370105)]
    [InlineData("2151088389", 0x80370105)]
    [InlineData("HCS_E_TERMINATED_DURING_START", 0x80370100)]
    [InlineData("hcs_e_connection_timeout", 0x80370109)]
    [InlineData("HCS_E_OPERATION_PENDING", 0x80370117)]
    [InlineData("HCS_E_SERVICE_DISCONNECT", 0x8037011E)]
    [InlineData("HCS_E_INVALID_PROCESSOR_TOPOLOGY", 0x80370122)]
    [InlineData("ERROR_VMCOMPUTE_OPERATION_PENDING", 0xC0370103)]
    [InlineData("ERROR_VMCOMPUTE_TIMEOUT", 0xC0370109)]
    [InlineData("ERROR_VMCOMPUTE_WINDOWS_INSIDER_REQUIRED", 0xC0370113)]
    [InlineData("ERROR_COMMITMENT_LIMIT", 0x800705AF)]
    [InlineData("e_accessdenied", 0x80070005)]
    public void A_code_is_read_as_people_write_it(string text, uint code)
    {
        Assert.Equal(unchecked((int)code), ResultCode.Parse(text, out string problem));
        Assert.Empty(problem);
    }

    [Theory]
    [InlineData("HCS_E_NO_SUCH", "HCS_E_INVALID_STATE")]
    [InlineData("ERROR_VMCOMPUTE_SERVICE_DISCONNECT", "ERROR_VMCOMPUTE_INVALID_STATE")]
    [InlineData("0x1C0370105", "hexadecimal")]
    [InlineData("", "hexadecimal")]
    [InlineData("5", "0x80070005")]
    [InlineData("0", "not the code of a failure")]
    public void What_is_no_failure_code_is_refused(string text, string says) =>
        Refused(new FaultRule { Operation = ComputeOperation.Start, HResult = text }, "FaultPlan[1].HResult", says);

    [Fact]
    public void A_rule_without_an_operation_is_refused() =>
        Refused(new FaultRule { HResult = "0x80070005" }, "FaultPlan[1].Operation", "CloseStdin");

    [Fact]
    public void Calls_are_counted_from_1() =>
        Refused(
            new FaultRule { Operation = ComputeOperation.Start, Nth = 0, ServiceDisconnect = true }, "FaultPlan[1].Nth", "from 1");

    [Theory]
    [InlineData(-0.001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(3e6)]
    public void A_time_that_cannot_be_is_refused(double seconds)
    {
        Refused(new FaultRule { Operation = ComputeOperation.Start, DelaySec = seconds }, "FaultPlan[1].DelaySec", "0 to ");
        Refused(
            new FaultRule { Operation = ComputeOperation.Start, LateNotificationSec = seconds },
            "FaultPlan[1].LateNotificationSec",
            "0 to ");
    }

    [Fact]
    public void A_rule_has_exactly_one_fault()
    {
        Refused(new FaultRule { Operation = ComputeOperation.Start }, "FaultPlan[1]", "exactly one");
        Refused(
            new FaultRule { Operation = ComputeOperation.Start, DelaySec = 1, LostNotification = true }, "FaultPlan[1]", "exactly one");
    }

    [Fact]
    public void A_plan_that_is_refused_leaves_the_one_before()
    {
        var rule = new FaultRule { Operation = ComputeOperation.Start, DelaySec = 1 };
        var service = new FaultyComputeService(new ObedientService()) { FaultPlan = [rule] };
        Assert.Throws<HcsDocumentException>(() => service.FaultPlan = [new FaultRule()]);
        Assert.Equal([rule], service.FaultPlan);
    }

    [Theory]
    [InlineData(null, "Start, every call: 1.5 s delay")]
    [InlineData(2, "Start, call 2: 1.5 s delay")]
    public void A_rule_says_what_it_does(int? nth, string text) =>
        Assert.Equal(text, new FaultRule { Operation = ComputeOperation.Start, Nth = nth, DelaySec = 1.5 }.ToString());

    private static void Refused(FaultRule rule, string path, string says)
    {
        var fine = new FaultRule { Operation = ComputeOperation.Start, DelaySec = 1 };
        HcsDocumentException refusal = Assert.Throws<HcsDocumentException>(() => FaultyComputeService.Check([fine, rule]));
        Assert.Equal(path, refusal.Path);
        Assert.Contains(says, refusal.Reason, StringComparison.Ordinal);
    }
}
