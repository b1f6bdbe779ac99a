using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Linux.Oci.Networks;

/// <summary>Runs ip and nft, each with all its commands at once.</summary>
internal class NetworkTools
{
    private const string Member = "Network";

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(50);

    /// <summary>Requires that the programs are there.</summary>
    /// <exception cref="HcsException">One is missing; the error names its package.</exception>
    public static void Require(string function)
    {
        foreach ((string program, string package) in new[] { ("ip", "iproute2"), ("nft", "nftables") })
        {
            if (HostTool.Find(program) is null)
            {
                throw Refusal.NotSupported(
                    null,
                    function,
                    $"'{program}' is not installed. On Debian and Ubuntu the package {package} has it.");
            }
        }
    }

    /// <summary>Asks ip, and returns its answer in JSON.</summary>
    public Task<string> AskAsync(string function, params string[] question) =>
        RunAsync(function, "ip", ["-json", .. question]);

    /// <summary>Makes interfaces on the host; it ends at the first command that fails.</summary>
    public Task BatchAsync(string function, params string[] commands) =>
        FeedAsync(function, commands, file => RunAsync(function, "ip", "-batch", file));

    /// <summary>The same in the network namespace of a process.</summary>
    public Task BatchInAsync(string function, int processId, IEnumerable<string> commands) =>
        FeedAsync(function, commands, file => RunAsync(
            function,
            "nsenter",
            "--net=/proc/" + processId.ToString(CultureInfo.InvariantCulture) + "/ns/net",
            "ip",
            "-batch",
            file));

    /// <summary>Changes the firewall: all commands or none.</summary>
    public Task FilterAsync(string function, params string[] commands) =>
        FeedAsync(function, commands, file => RunAsync(function, "nft", "-f", file));

    /// <summary>Shows a part of the firewall.</summary>
    public Task<string> ShowFilterAsync(string function, params string[] question) => RunAsync(function, "nft", question);

    /// <summary>Runs a program, and returns its output.</summary>
    /// <exception cref="HcsException">It fails; when a right is missing, the error names it.</exception>
    protected virtual async Task<string> RunAsync(string function, string program, params string[] arguments)
    {
        try
        {
            return await HostTool.RunAsync(null, function, Member, s_longest, program, arguments).ConfigureAwait(false);
        }
        catch (HcsException e) when (e.InnerException?.Message.Contains("Operation not permitted") == true)
        {
            throw Refusal.Refused(
                function,
                HResult.AccessDenied,
                $"{Member}: {program} may not change the network of this machine. This process needs the capability"
                    + " CAP_NET_ADMIN, and for containers CAP_SYS_ADMIN.",
                e);
        }
    }

    private static async Task FeedAsync(string function, IEnumerable<string> commands, Func<string, Task> run)
    {
        using MemoryFile file = MemoryFile.Create(function, Encoding.UTF8.GetBytes(string.Join("\n", commands) + "\n"));
        await run(file.Path).ConfigureAwait(false);
    }
}
