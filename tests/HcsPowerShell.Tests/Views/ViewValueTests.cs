using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Views;

/// <summary>
/// Tests that every column of every view shows its own property, with values of a container that has run for days and
/// moved terabytes. A property without a value here contains its own name as text, which a view passes through.
/// </summary>
public sealed class ViewValueTests(Session session) : SessionTests(session)
{
    /// <summary>The end of the type names whose table tells the computer.</summary>
    internal const string OnComputers = "#Computer";

    private const ulong Mebibyte = 1024 * 1024;
    private const int Width = 400;

    private static readonly IReadOnlyList<XElement> s_views =
    [
        .. Directory.EnumerateFiles(StagedModule.Folder, "*.Format.ps1xml")
            .SelectMany(path => XDocument.Load(path).Descendants("View")),
    ];

    private static readonly DateTimeOffset s_time = new(2026, 3, 4, 15, 16, 17, 89, TimeSpan.FromHours(2));

    private static readonly Dictionary<string, Shown> s_shown = new()
    {
        ["HcsContainer"] = new(
            "id",
            new() { ["Id"] = "id", ["Type"] = "systemtype", ["State"] = "state", ["Owner"] = "owner", ["OS"] = "Windows", ["Name"] = "name" },
            ("RuntimeOsType", "Windows")),
        ["HcsExitStatus"] = new(
            "a-long-id-of-a-container",
            new() { ["Container"] = "a-long-id-of-a-…", ["ExitType"] = "exittype", ["Status"] = "0xC0370106", ["ExitTime"] = "2026-03-04 15:16:17" },
            ("ContainerId", "a-long-id-of-a-container"),
            ("Status", unchecked((int)0xC0370106)),
            ("ExitTime", s_time)),
        ["HcsEvent"] = new(
            "type",
            new() { ["Time"] = "15:16:17.089", ["Container"] = "containerid", ["Type"] = "type", ["ProcessId"] = "4294967292" },
            ("Timestamp", s_time),
            ("ProcessId", 4294967292u)),
        ["HcsMappedVirtualDisk"] = new(
            "containerpath",
            new()
            {
                ["Container"] = "containerid", ["Controller"] = "controller", ["Lun"] = "lun", ["ReadOnly"] = "readonly",
                ["ContainerPath"] = "containerpath", ["HostPath"] = "hostpath",
            }),
        ["HcsLayer"] = new(
            "path",
            new()
            {
                ["Kind"] = "kind", ["OSVersion"] = "osversion", ["Size(MB)"] = "9,048,579.5",
                ["UsedBy"] = "web, db", ["Path"] = "path",
            },
            ("Size", (9_048_579L * (long)Mebibyte) + ((long)Mebibyte / 2)),
            ("UsedBy", new[] { "web", "/srv/layers/db" })),
        ["HcsImage"] = new(
            "name",
            new() { ["Name"] = "name", ["OS"] = "os", ["OSVersion"] = "osversion", ["Digest"] = "sha256:0123456…" },
            ("Digest", "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")),
        ["HcsMountedLayer"] = new(
            "layerfolderpath",
            new() { ["Layers"] = "3", ["LayerFolderPath"] = "layerfolderpath", ["VolumePath"] = "volumepath" },
            ("Layers", new[] { "one", "two", "three" })),
        ["HcsVirtualMachine"] = new(
            "id",
            new()
            {
                ["Id"] = "id", ["State"] = "state", ["Memory(MB)"] = "1,048,577.5", ["Processors"] = "240", ["Owner"] = "owner",
                ["Name"] = "name",
            },
            ("AssignedMemoryBytes", (1_048_577 * Mebibyte) + (Mebibyte / 2)),
            ("ProcessorCount", 240u)),
        ["HcsLogicalProcessor"] = new(
            "1",
            new() { ["Index"] = "1", ["Node"] = "2", ["Package"] = "3", ["Core"] = "4", ["RootVp"] = "5" },
            ("Index", 1u), ("NodeNumber", 2u), ("PackageId", 3u), ("CoreId", 4u), ("RootVpIndex", 5)),
        ["HcsCpuGroup"] = new(
            "id",
            new() { ["Id"] = "id", ["Limit(%)"] = "12.5", ["LogicalProcessors"] = "0, 1" },
            ("LimitPercent", 12.5),
            ("LogicalProcessors", new[] { 0u, 1u })),
        ["HcsNetwork"] = new(
            "name",
            new()
            {
                ["Name"] = "name", ["Type"] = "type", ["AddressPrefix"] = "10.0.0.0/8, ::/8", ["Gateway"] = "10.0.0.1, ::1",
            },
            ("AddressPrefix", new[] { "10.0.0.0/8", "::/8" }),
            ("Gateway", new[] { "10.0.0.1", "::1" })),
        ["HcsEndpoint"] = new(
            "name",
            new()
            {
                ["Name"] = "name", ["Network"] = "network", ["IPAddress"] = "10.0.0.2, ::2", ["PortMapping"] = "1:1/tcp, 2:2/tcp, ...",
                ["Containers"] = "web, db",
            },
            ("IPAddress", new[] { "10.0.0.2", "::2" }),
            ("PortMapping", new[] { "1:1/tcp", "2:2/tcp", "3:3/tcp" }),
            ("Containers", new[] { "web", "db" })),
        ["HcsNetworkEvent"] = new(
            "type",
            new() { ["Time"] = "15:16:17.089", ["Type"] = "type", ["Name"] = "name", ["Id"] = "id" },
            ("Timestamp", s_time)),
        ["HcsConfigurationProblem"] = new("path", new() { ["Severity"] = "severity", ["Path"] = "path", ["Message"] = "message" }),
        ["ContainerConfig"] = new(
            "name",
            new()
            {
                ["Name"] = "name", ["Owner"] = "owner", ["HvPartition"] = "hvpartition", ["Layers"] = "3",
                ["Memory(MB)"] = "1048577", ["CPUs"] = "255", ["HostName"] = "hostname",
            },
            ("Layers", new[] { "one", "two", "three" }),
            ("MemoryMaximumInMB", 1048577L),
            ("ProcessorCount", 255u)),
        ["ComputeSystem"] = new(
            "owner",
            new() { ["Owner"] = "owner", ["Schema"] = "2.7", ["Kind"] = "VirtualMachine", ["HostingSystemId"] = "hostingsystemid" },
            ("SchemaVersion", new Version(2, 7))),
        ["HcsHost"] = new(
            "name",
            new()
            {
                ["Name"] = "name", ["Kind"] = "kind", ["Isolation"] = "isolation", ["Schema"] = "1.0, 2.6",
                ["Api"] = "computecore 10.0.1, vmcompute 10.0.2",
            },
            ("SchemaVersions", new[] { "1.0", "2.6" }),
            ("Api", new[] { "computecore 10.0.1", "vmcompute 10.0.2" })),
        ["FaultRule"] = new(
            "operation",
            new()
            {
                ["Operation"] = "operation", ["Nth"] = "12345", ["HResult"] = "hresult", ["Delay(s)"] = "86401.5",
                ["Late(s)"] = "90002.5", ["Lost"] = "True", ["Twice"] = "True", ["Disconnect"] = "False",
            },
            ("Nth", 12345),
            ("DelaySec", 86401.5),
            ("LateNotificationSec", 90002.5),
            ("LostNotification", true),
            ("RepeatedNotification", true),
            ("ServiceDisconnect", false)),
        ["HcsProcess"] = new(
            "4294967292",
            new()
            {
                ["Container"] = "containerid", ["ProcessId"] = "4294967292", ["CPU(s)"] = "1,123,456.75",
                ["Commit(MB)"] = "1,048,577.5", ["ExitCode"] = "4294967295", ["Command"] = "commandline",
            },
            ("ProcessId", 4294967292u),
            ("StartTime", s_time),
            ("UserTime", TimeSpan.FromSeconds(1_000_000.5)),
            ("KernelTime", TimeSpan.FromSeconds(123_456.25)),
            ("MemoryCommitBytes", (1_048_577 * Mebibyte) + (Mebibyte / 2)),
            ("ExitCode", 4294967295L)),
        ["HcsProcessResult"] = new(
            "3221225786",
            new() { ["ProcessId"] = "4294967292", ["ExitCode"] = "3221225786", ["Duration(s)"] = "186,402.125", ["Command"] = "commandline" },
            ("ProcessId", 4294967292u),
            ("ExitCode", 3221225786L),
            ("Duration", TimeSpan.FromSeconds(186_402.125))),
        ["HcsStatistics"] = new(
            "containerid",
            new()
            {
                ["Container"] = "containerid", ["CPU(s)"] = "7,654,321.25", ["CPU(%)"] = "12,799.5",
                ["Commit(MB)"] = "1,048,577.5", ["Read(MB)"] = "9,048,579.5", ["Write(MB)"] = "8,048,580.5",
            },
            ("Timestamp", s_time),
            ("Uptime", new TimeSpan(101, 3, 8, 9, 900)),
            ("TotalRuntime", TimeSpan.FromSeconds(7_654_321.25)),
            ("CpuPercent", 12_799.5),
            ("MemoryUsageCommitBytes", (1_048_577 * Mebibyte) + (Mebibyte / 2)),
            ("MemoryUsagePrivateWorkingSetBytes", (1_048_578 * Mebibyte) + (Mebibyte / 2)),
            ("ReadSizeBytes", (9_048_579 * Mebibyte) + (Mebibyte / 2)),
            ("WriteSizeBytes", (8_048_580 * Mebibyte) + (Mebibyte / 2)))
        {
            Wider = new() { ["Uptime"] = "2427:08:09", ["PrivateWS(MB)"] = "1,048,578.5" },
        },
        ["HcsNetworkStatistics"] = new(
            "endpointid",
            new()
            {
                ["Endpoint"] = "endpointid", ["Received(MB)"] = "9,048,579.5", ["Sent(MB)"] = "8,048,580.5",
                ["PacketsIn"] = "1234567890", ["PacketsOut"] = "1234567891",
            },
            ("BytesReceived", (9_048_579 * Mebibyte) + (Mebibyte / 2)),
            ("BytesSent", (8_048_580 * Mebibyte) + (Mebibyte / 2)),
            ("PacketsReceived", 1234567890UL),
            ("PacketsSent", 1234567891UL),
            ("DroppedPacketsIncoming", 123456789UL),
            ("DroppedPacketsOutgoing", 1234567893UL))
        {
            Wider = new() { ["DroppedIn"] = "123456789", ["DroppedOut"] = "1234567893" },
        },
    };

    /// <summary>Every type with a view, live and deserialized, as the files of the module name it.</summary>
    public static TheoryData<string> Types => [.. s_views.SelectMany(TypesOf).Distinct().Order()];

    public static TheoryData<string> TypesWithWideTable =>
        [.. s_views.Where(v => v.Element("Name")!.Value == "Wide").SelectMany(TypesOf)];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_column_of_the_table_shows_its_own_value(string type)
    {
        Dictionary<string, string> cells = Cells(type, Given(type));
        Dictionary<string, string> values = ShownOf(type).Table;
        Assert.Equal(values.Keys.Order(), cells.Keys.Order());
        Assert.All(cells, cell => Assert.True(
            cell.Value == values[cell.Key] || (type.EndsWith(OnComputers, StringComparison.Ordinal) && IsPart(cell.Value, values[cell.Key])),
            $"{cell.Key} shows {cell.Value} for {values[cell.Key]}"));
        string[] told = [.. cells.Values.Where(v => v is not ("True" or "False"))];
        Assert.Equal(told.Length, told.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(TypesWithWideTable))]
    public void The_wide_table_shows_what_the_other_does_and_more(string type)
    {
        XElement view = s_views.Single(v => v.Element("Name")!.Value == "Wide" && TypesOf(v).Contains(type));
        Dictionary<string, string> wide = Cells(type, Given(type), view);
        Dictionary<string, string> usual = Cells(type, Given(type));
        Assert.Equal(ShownOf(type).Table.Concat(ShownOf(type).Wider!).OrderBy(c => c.Key), wide.OrderBy(c => c.Key));
        Assert.ProperSuperset(usual.ToHashSet(), wide.ToHashSet());
    }

    // A table with the computer has narrower columns. Text is cut at its end, a number at its beginning.
    private static bool IsPart(string shown, string value) => shown.Length > 7
        && (value.TrimEnd('…').StartsWith(shown.TrimEnd('…'), StringComparison.Ordinal)
            || value.EndsWith(shown.TrimStart('…'), StringComparison.Ordinal));

    /// <summary>A 0 would wrongly mean that the value is known.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void A_column_is_blank_where_nothing_is_known(string type)
    {
        string[] told = [.. Cells(type, new() { ["Unknown"] = 1 }).Where(c => c.Value.Length > 0).Select(c => $"{c.Key} {c.Value}")];
        Assert.Equal(
            type.Split('.')[^1].Replace(OnComputers, string.Empty) switch
            {
                "HcsExitStatus" => ["Status 0x"],
                "ContainerConfig" => ["Layers 0"],
                "ComputeSystem" => ["Kind Container"],
                _ => [],
            },
            told);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_line_of_the_list_shows_its_own_value(string type)
    {
        Hashtable given = Given(type);
        var lines = Render("Format-List", type, given).Where(line => line.Length > 0)
            .Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim());
        Assert.Equal(
            given.Cast<DictionaryEntry>().Select(e => ((string)e.Key, Text(e.Value!))).Order(),
            lines.Select(line => (line.Key, line.Value)).Order());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_wide_view_shows_what_tells_it_from_others(string type) => Assert.Equal(
        ShownOf(type).Wide, Assert.Single(Render("Format-Wide", type, Given(type)), line => line.Length > 0));

    [Theory]
    [InlineData("VirtualMachine", "VirtualMachine", "HostingSystemId")]
    [InlineData("HostedContainer", "HostingSystemId")]
    [InlineData("Container", "Container")]
    public void A_compute_system_is_of_a_kind(string kind, params string[] members)
    {
        const string Type = "HcsPowerShell.Interop.Documents.ComputeSystem";
        Assert.Equal(kind, Cells(Type, new Hashtable(members.ToDictionary(m => m, m => m.ToLowerInvariant())))["Kind"]);
    }

    [Theory]
    [InlineData("CommandLine", "ImageName")]
    [InlineData("ImageName")]
    public void A_process_shows_its_command_or_else_its_image(params string[] members) => Assert.Equal(
        members[0].ToLowerInvariant(),
        Cells("HcsPowerShell.HcsProcess", new Hashtable(members.ToDictionary(m => m, m => m.ToLowerInvariant())))["Command"]);

    [Theory]
    [InlineData("UserTime")]
    [InlineData("KernelTime")]
    public void A_process_shows_the_time_of_either_mode(string member) => Assert.Equal(
        "86,401.50",
        Cells("HcsPowerShell.HcsProcess", new() { [member] = TimeSpan.FromSeconds(86_401.5) })["CPU(s)"]);

    [Theory]
    [InlineData("0123456789abcdef", "0123456789abcdef")]
    [InlineData("0123456789abcdef0", "0123456789ab…")]
    [InlineData("01234567-89AB-cdef-0123-456789abcdef", "01234567-89AB…")]
    [InlineData("0123456789abcdefg", "0123456789abcde…")]
    [InlineData("web-frontend-of-a-shop", "web-frontend-of…")]
    public void A_long_id_ends_with_an_ellipsis_and_shows_what_can_be_typed(string id, string shown) => Assert.All(
        new[] { "HcsContainer", "HcsVirtualMachine", "HcsExitStatus", "HcsEvent", "HcsMappedVirtualDisk", "HcsProcess", "HcsStatistics" },
        type => Assert.Equal(
            shown,
                Cells("HcsPowerShell." + type, new() { ["Id"] = id, ["ContainerId"] = id })[type is "HcsContainer" or "HcsVirtualMachine" ? "Id" : "Container"]));

    /// <summary>The views of a type: the table, the list, the wide view and, where there is one, the wide table.</summary>
    internal static IEnumerable<XElement> Views(string type) => s_views.Where(view => TypesOf(view).Contains(type));

    private static Shown ShownOf(string type)
    {
        string name = type.Split('.')[^1];
        Shown shown = s_shown[name.Replace(OnComputers, string.Empty)];
        return name.EndsWith(OnComputers, StringComparison.Ordinal)
            ? shown with { Table = new(shown.Table) { ["Computer"] = "computername" } }
            : shown;
    }

    // A table that tells the computer takes objects without the mark too, after one that has it.
    private static IEnumerable<string> TypesOf(XElement view) =>
        view.Descendants("ViewSelectedBy").Elements("TypeName").Take(2).Select(name => name.Value);

    private static XElement View(string type, string control) =>
        s_views.FirstOrDefault(v => v.Element(control) is not null && TypesOf(v).Contains(type))
        ?? View(type.Replace(OnComputers, string.Empty), control);

    private static string Text(object value) => value is IEnumerable items and not string
        ? "{" + string.Join(", ", items.Cast<object>()) + "}"
        : FormattableString.Invariant($"{value}");

    /// <summary>
    /// Returns a value for every property in the list view; <see cref="ViewTests"/> checks that the list shows them
    /// all.
    /// </summary>
    internal static Hashtable Given(string type)
    {
        var given = new Hashtable(View(type, "ListControl").Descendants("PropertyName").ToDictionary(
            p => p.Value, object (p) => p.Value.ToLowerInvariant()));
        foreach ((string property, object value) in ShownOf(type).Values)
        {
            Assert.True(given.ContainsKey(property), property);
            given[property] = value;
        }

        return given;
    }

    /// <summary>
    /// Returns the cells of the only row, by header; the column widths of the view separate the cells.
    /// </summary>
    private Dictionary<string, string> Cells(string type, Hashtable properties, XElement? view = null)
    {
        string[] lines = [.. Render(view is null ? "Format-Table" : "Format-Table -View Wide", type, properties).SkipWhile(line => line.Length == 0)];
        string row = lines[2];
        var cells = new Dictionary<string, string>();
        int at = 0;
        foreach (XElement column in (view ?? View(type, "TableControl")).Descendants("TableColumnHeader"))
        {
            int width = (int?)column.Element("Width") ?? Width;
            string Slice(string line) => line[Math.Min(at, line.Length)..Math.Min(at + width, line.Length)].Trim();
            Assert.Equal(column.Element("Label")!.Value, Slice(lines[0]));
            cells.Add(Slice(lines[0]), Slice(row));
            at += width + 1;
        }

        return cells;
    }

    private string[] Render(string format, string type, Hashtable properties) => ((string)Session.Single(
        $$"""
        [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
        $o = [pscustomobject]$p
        $o.PSObject.TypeNames.Insert(0, $t -replace '#Computer$')
        if ($t -like '*#Computer') { $o.PSObject.TypeNames.Insert(0, $t) }
        $o | {{format}} | Out-String -Width {{Width}}
        """,
        ("t", type),
        ("p", properties))).Split('\n').Select(line => line.TrimEnd()).ToArray();

    /// <summary>The expected output for an object.</summary>
    /// <param name="Wide">The text of the wide view.</param>
    /// <param name="Table">The cells of the table, by header.</param>
    /// <param name="Values">The properties with which a view computes.</param>
    private sealed record Shown(string Wide, Dictionary<string, string> Table, params (string Property, object Value)[] Values)
    {
        /// <summary>The further cells of the wide table; null when there is none.</summary>
        public Dictionary<string, string>? Wider { get; init; }
    }
}
