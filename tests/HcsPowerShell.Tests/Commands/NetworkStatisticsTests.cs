using System;
using System.Linq;
using System.Threading;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Commands;

/// <summary>Tests the counters of endpoints in Get-HcsStatistics, on a container of schema 2 that others made.</summary>
public sealed class NetworkStatisticsTests : NetworkTests
{
    private readonly string _id;

    public NetworkStatisticsTests(Session session)
        : base(session)
    {
        _id = session.NewRunning().Id;
        Guid web = Networks.Put("Endpoint", """{"Name":"web"}""");
        Networks.Put(
            "Namespace",
            $$$"""{"Resources":[{"Type":"Container","Data":{"Id":"{{{_id}}}"}},{"Type":"Endpoint","Data":{"Id":"{{{web}}}"}}]}""");
        Session.Get("$null = $id", ("id", _id), ("h", Host));
    }

    [Theory]
    [InlineData(unchecked((int)0x803B0002))]
    [InlineData(unchecked((int)0x80070005))]
    public void A_counter_that_fails_never_fails_the_sample(int code)
    {
        Networks.Refusal = call => call.StartsWith("GetStatisticsAsync", StringComparison.Ordinal) ? code : null;
        Assert.Equal(2, Session.Run("Get-HcsStatistics $id -HcsHost $h -Continuous -IntervalSec 0.05 | Select-Object -First 2")
            .RequireNoErrors().Output.Count);
        Assert.Equal(2, Asked);
    }

    [Fact]
    public void A_counter_that_is_not_answered_takes_its_share_of_the_time_once()
    {
        Networks.Counters = (method, args) => Answering.Never(method.ReturnType, Token(args[1]!));
        Assert.Single(Session.Run("Get-HcsStatistics $id -HcsHost $h -TimeoutSec 4").RequireNoErrors().Output);
        Assert.Equal(2, Session.Run("Get-HcsStatistics $id -HcsHost $h -Continuous -IntervalSec 0.05 | Select-Object -First 2")
            .RequireNoErrors().Output.Count);
        Assert.Equal(2, Asked);
    }

    private int Asked => Networks.Calls.Count(call => call.StartsWith("GetStatisticsAsync", StringComparison.Ordinal));

    private static CancellationToken Token(object options) =>
        (CancellationToken)options.GetType().GetProperty("CancellationToken")!.GetValue(options)!;
}
