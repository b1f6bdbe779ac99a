using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Faults;

/// <summary>
/// Disturbs every operation of the port in every way of a fault plan, in both isolations. A user gets the error of the
/// table in tests/data in time, and afterwards the next commands work and nothing is left. A run of all tests covers a
/// few cells; the full form of a campaign covers every cell.
/// </summary>
public sealed class FaultMatrixTests(FaultMatrixTests.Sessions sessions) : IClassFixture<FaultMatrixTests.Sessions>
{
    private const int Seed = 20261129;

    // The number of operations in a run of all tests.
    private const int FewOfProcess = 7;
    private const int FewOfOci = 3;

    // The end of a container removes its namespace, and a warning tells that it cannot. Isolation Oci counts the traffic of
    // an endpoint with the container, no command changes a network, and Get-HcsHost shows no version when it gets none. Nor is
    // there a virtual machine to save or crash: the mocks of the Windows libraries have some.
    private static readonly string[] s_untold =
    [
        "DeleteNamespace", "EndpointStatistics", "ModifyNetwork", "NetworkVersion", "Save", "Crash", "CreateStateFile",
    ];

    // The time for the work itself on a busy machine, in addition to the time of the fault.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);

    private static readonly string[] s_importers = ["/usr/bin/skopeo", "/usr/bin/umoci"];

    private static readonly Dictionary<string, string> s_faults = new()
    {
        ["Refused"] = "HResult = 'HCS_E_GUEST_CRITICAL_ERROR'",
        ["Delayed"] = "DelaySec = 0.1",
        ["Late"] = "LateNotificationSec = 0.1",
        ["Lost"] = "LostNotification = $true",
        ["Disconnected"] = "ServiceDisconnect = $true",
        ["Malformed"] = "HResult = 'HCS_E_GUEST_CRITICAL_ERROR'; ResultDocument = '{ no'",
        ["Empty"] = "HResult = 'HCS_E_GUEST_CRITICAL_ERROR'; ResultDocument = ''",
        ["Large"] = "HResult = 'HCS_E_GUEST_CRITICAL_ERROR'; ResultDocument = '{\"ErrorMessage\":\"' + $many + '\"}'",
        ["Doubled"] = "RepeatedNotification = $true",
        ["MalformedAnswer"] = "Answer = '{ no'",
        ["EmptyAnswer"] = "Answer = ''",
        ["LargeAnswer"] = "Answer = $answer",
    };

    // A folder for layers, with a base layer in it.
    private const string MakeLayers =
        "$layers = (New-Item (Join-Path ([IO.Path]::GetTempPath()) (New-Guid)) -ItemType Directory).FullName;"
        + " $null = mkdir $layers/base; New-Guid | Set-Content $layers/base/id.txt";

    // What is undone because nobody waits for it any more goes a moment later.
    private const string RemoveLayers =
        "Get-HcsNetwork | Remove-HcsNetwork -Force; Get-HcsLayer | Where-Object Path -Like \"$layers/*\" | Dismount-HcsLayer;"
        + " Get-HcsImage | Where-Object Name -EQ fault-matrix | Remove-HcsImage; Remove-Item $layers -Recurse";

    // One document that answers every query, with an unknown member, and a list with this document.
    private static readonly string s_large =
        $"$many = 'x' * {(Campaign.IsFull ? "50MB" : "1MB")}; $answer = "
        + "'{\"Id\":\"c\",\"State\":\"Running\",\"Statistics\":{\"Memory\":{\"MemoryUsageCommitBytes\":1}},\"ProcessList\":[{\"ProcessId\":1}],"
        + "\"MappedVirtualDiskControllers\":{},\"AreUpdatesPending\":true,\"ExitType\":\"GracefulExit\",\"More\":\"' + $many + '\"}'; $list = \"[$answer]\"";

    public static TheoryData<string, string> Operations
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((string isolation, int count) in new[] { ("Process", FewOfProcess), ("Oci", FewOfOci) })
            {
                string[] few = [.. Cells().Where(cell => cell.IsFor(isolation)).Select(cell => cell.Operation).Distinct()];
                new Random(Seed).Shuffle(few);
                data.AddRange([.. few.Take(Campaign.IsFull ? few.Length : count).Select(o => new TheoryDataRow<string, string>(isolation, o))]);
            }

            return data;
        }
    }

    [Fact]
    public void The_table_has_every_operation()
    {
        using Session session = Session.WithoutHost();
        Assert.Equal(
            session.Get("[Enum]::GetNames([HcsPowerShell.Interop.ComputeOperation])").Select(name => (string)name.BaseObject).Order(),
            Cells().Select(cell => cell.Operation).Concat(s_untold).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_fault_ends_as_the_table_says(string isolation, string operation)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of this test are those of Linux.");
        Assert.SkipUnless(
            !operation.Contains("Image", StringComparison.Ordinal) || s_importers.All(File.Exists),
            "Needs the packages skopeo and umoci.");
        Session session = sessions.Of(isolation);
        Cell[] cells = [.. Cells().Where(cell => cell.Operation == operation)];
        if (!Campaign.IsFull)
        {
            // Only the full matrix has the cells whose long time the test cannot shorten.
            cells = [.. cells.Where(cell => cell.Limit < TimeSpan.FromSeconds(5))];
            cells = [cells[new Random(Seed + operation.Length + operation[0]).Next(cells.Length)]];
        }

        var time = Stopwatch.StartNew();
        string[] failures = [.. cells.Select(cell => Try(cell, session)).OfType<string>()];
        Campaign.Tell($"faults, {isolation}, {operation}: {cells.Length} cells in {time.Elapsed.TotalSeconds:0} s, {failures.Length} wrong");

        Assert.True(failures.Length == 0, $"{failures.Length} of {cells.Length} cells:\n{string.Join('\n', failures)}");
    }

    /// <summary>Runs a cell; null if the result is as expected.</summary>
    private static string? Try(Cell cell, Session session)
    {
        try
        {
            Run(cell, session);
            session.RequireOnlyKept();
            return null;
        }
        catch (Exception e)
        {
            return $"{cell.Fault}: {e.GetType().Name}: {e.Message}";
        }
    }

    private static void Run(Cell cell, Session session)
    {
        session.Get($"Connect-HcsHost -Embedded -Name {session.HostName} -FaultPlan @()");
        session.Get($"Get-HcsContainer | ForEach-Object {{ Stop-HcsContainer $_.Id -Force }}; $c = New-HcsContainer -Start; $id = $c.Id; $p = Start-HcsProcess $c -CommandArg sleep, 100 -CreateStdInPipe");
        session.Get(cell.IsFor("Process") ? cell.Before : $"{MakeLayers}; {cell.Before}");
        string fault = cell is { Operation: "Enumerate", Fault: "LargeAnswer" } ? "Answer = $list" : s_faults[cell.Fault];
        session.Get($"Connect-HcsHost -Embedded -Name {session.HostName} -FaultPlan @{{ Operation = '{cell.Operation}'; {fault} }}");
        var time = Stopwatch.StartNew();
        ScriptResult result = session.Run(cell.Command);
        TimeSpan taken = time.Elapsed;
        Assert.Equal(cell.Error, string.Join(' ', result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0])));
        Assert.All(result.Errors, e => Assert.NotEmpty(e.ErrorDetails.RecommendedAction));
        Assert.InRange(taken, TimeSpan.Zero, cell.Limit + s_grace);

        // The service is back, or was never gone: a new container can be used by id, and every container can be ended.
        session.Get($"Connect-HcsHost -Embedded -Name {session.HostName} -FaultPlan @()");
        session.Get("Get-Job | Remove-Job -Force");
        Assert.Equal("works", session.Single("Invoke-HcsProcess (New-HcsContainer -Start).Id -CommandArg echo, works"));
        session.Get("Get-HcsContainer | ForEach-Object { Stop-HcsContainer $_.Id -Force -ErrorAction SilentlyContinue }");
        if (!cell.IsFor("Process"))
        {
            Poll.Until(() => session.Run(RemoveLayers).Errors.Count == 0, "the layers to go");
        }

        Poll.Until(() => session.Get("Get-HcsContainer").Count == 0, "every container to go");
    }

    private static IEnumerable<Cell> Cells()
    {
        string[][] lines =
        [
            .. File.ReadLines(Path.Combine(StagedModule.RepositoryRoot, "tests", "data", "fault-matrix.tsv")).Select(line => line.Split('\t')),
        ];
        return
            from line in lines.Skip(1)
            let row = lines[0].Zip(line).ToDictionary(column => column.First, column => column.Second)
            from fault in s_faults.Keys
            where row[fault] != "n/a"
            let isLost = fault == "Lost"
            let seconds = isLost && row["LostAfter"] != "T" ? int.Parse(row["LostAfter"], CultureInfo.InvariantCulture) : 1
            select new Cell(
                row["Operation"],
                fault,
                row["Before"],
                row["Command"].Replace("{T}", isLost ? "1" : "20", StringComparison.Ordinal),
                row[fault].Trim('-'),
                TimeSpan.FromSeconds(seconds),
                row["Isolation"]);
    }

    private sealed record Cell(
        string Operation, string Fault, string Before, string Command, string Error, TimeSpan Limit, string Isolation)
    {
        /// <summary>True when the isolation has the operation; without a name all have it.</summary>
        public bool IsFor(string isolation) => Isolation.Length == 0 || Isolation == isolation;
    }

    /// <summary>A session for each isolation, each with its own host.</summary>
    public sealed class Sessions : IDisposable
    {
        private readonly Dictionary<string, Session> _sessions = [];

        public Session Of(string isolation)
        {
            if (isolation == "Oci")
            {
                OciMachine.SkipUnlessPossible();
            }

            if (!_sessions.TryGetValue(isolation, out Session? session))
            {
                _sessions[isolation] = session = Session.WithoutHost();
                session.Connect($"-Isolation {isolation} -Name {session.HostName}");
                session.Get(s_large);
            }

            return session;
        }

        public void Dispose()
        {
            foreach (Session session in _sessions.Values)
            {
                session.Dispose();
            }
        }
    }
}
