using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>
/// Moves a network interface of the host, with its addresses and routes, into the network namespace of a process.
/// </summary>
/// <remarks>
/// The kernel keeps name, hardware address and MTU and drops the rest, so the rest is read before the move.
/// </remarks>
internal static class InterfaceMove
{
    private const string Function = "HcsCreateComputeSystem";
    private const string Member = nameof(ContainerConfig.EndpointList);

    /// <param name="id">Id of the container.</param>
    /// <param name="name">Name of the interface.</param>
    /// <param name="processId">Host process id of a process in the namespace.</param>
    /// <exception cref="Interop.HcsException">iproute2 or nsenter is missing or fails.</exception>
    public static void In(string id, string name, int processId)
    {
        List<string> commands = [.. Addresses(Ask(id, "address", "show", "dev", name), name)];
        commands.Add($"link set dev {name} up");
        commands.AddRange(Routes(Ask(id, "-4", "route", "show", "dev", name), name));
        commands.AddRange(Routes(Ask(id, "-6", "route", "show", "dev", name), name));
        string process = processId.ToString(CultureInfo.InvariantCulture);
        HostTool.Run(id, Function, Member, "ip", "link", "set", "dev", name, "netns", process);
        using MemoryFile batch = MemoryFile.Create("ip.batch", Encoding.UTF8.GetBytes(string.Join("\n", commands) + "\n"));
        HostTool.Run(id, Function, Member, "nsenter", $"--net=/proc/{process}/ns/net", "ip", "-batch", batch.Path);
    }

    /// <summary>Moves the interface back to the host, where it has no addresses.</summary>
    /// <exception cref="Interop.HcsException">iproute2 or nsenter is missing or fails.</exception>
    public static void Out(string id, string name, int processId)
    {
        using Process host = Process.GetCurrentProcess();
        HostTool.Run(
            id,
            Function,
            Member,
            "nsenter",
            $"--net=/proc/{processId}/ns/net",
            "ip",
            "link",
            "set",
            "dev",
            name,
            "netns",
            $"{host.Id}");
    }

    /// <param name="answer">Output of <c>ip -json address show</c>.</param>
    /// <param name="name">Name of the interface.</param>
    internal static IEnumerable<string> Addresses(JsonElement answer, string name) => answer.EnumerateArray()
        .Where(link => link.TryGetProperty("addr_info", out _))
        .SelectMany(link => link.GetProperty("addr_info").EnumerateArray())

        // The kernel creates the IPv6 link-local addresses itself, and a router provides the dynamic ones.
        .Where(address => !(Text(address, "family") == "inet6" && Text(address, "scope") == "link")
            && !address.TryGetProperty("dynamic", out _))
        .Select(address =>
            $"address add {Text(address, "local")}/{address.GetProperty("prefixlen").GetInt32()} dev {name}"
            + (Text(address, "broadcast") is { } broadcast ? $" broadcast {broadcast}" : string.Empty)
            + (Text(address, "family") == "inet6" ? " nodad" : string.Empty));

    /// <param name="answer">Output of <c>ip -json route show</c>.</param>
    /// <param name="name">Name of the interface.</param>
    internal static IEnumerable<string> Routes(JsonElement answer, string name) => answer.EnumerateArray()
        .Where(route => Text(route, "protocol") != "kernel")
        .Select(route => $"route add {Text(route, "dst")}"
            + (Text(route, "gateway") is { } gateway ? $" via {gateway}" : string.Empty)
            + $" dev {name}"
            + (route.TryGetProperty("metric", out JsonElement metric) ? $" metric {metric.GetInt64()}" : string.Empty));

    private static JsonElement Ask(string id, params string[] question)
    {
        string answer = HostTool.Run(id, Function, Member, "ip", ["-json", .. question]);
        using JsonDocument document = JsonDocument.Parse(answer.Trim().Length == 0 ? "[]" : answer);
        return document.RootElement.Clone();
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
