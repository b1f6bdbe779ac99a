using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Oci.Files;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>The process object of the OCI runtime specification.</summary>
internal static class ProcessSpecification
{
    private const string FirstProcessPath = "/proc/self/fd/3";

    /// <summary>Builds the first process of a container: the program that it gets as descriptor 3.</summary>
    public static JsonObject First() =>
        Build([FirstProcessPath], "/", [], ContainerUser.Root, Capabilities.ToJson(isRoot: true));

    /// <exception cref="Interop.HcsException">
    /// The document asks for unknown capabilities; the error names them.
    /// </exception>
    public static JsonObject Of(ProcessPlan start, ContainerUser user) => Build(
        [start.Executable, .. start.Arguments.Skip(1)],
        start.WorkingDirectory,
        start.Environment.Select(variable => $"{variable.Key}={variable.Value}"),
        user,
        Capabilities.Of(start.Specification) ?? Capabilities.ToJson(isRoot: user.UserId == 0),
        start.Console);

    private static JsonObject Build(
        IEnumerable<string> arguments,
        string folder,
        IEnumerable<string> environment,
        ContainerUser user,
        JsonObject capabilities,
        ConsolePlan? console = null) => new()
    {
        ["terminal"] = console is not null,
        ["consoleSize"] = console is null
            ? null
            : new JsonObject { ["height"] = console.Height, ["width"] = console.Width },
        ["user"] = new JsonObject
        {
            ["uid"] = user.UserId,
            ["gid"] = user.GroupId,
            ["additionalGids"] = new JsonArray([.. user.FurtherGroups.Select(group => (JsonNode)group)]),
        },
        ["args"] = Strings(arguments),
        ["env"] = Strings(environment),
        ["cwd"] = folder,
        ["noNewPrivileges"] = true,
        ["rlimits"] = ProcessLimits.ToJson(),
        ["capabilities"] = capabilities,
    };

    private static JsonArray Strings(IEnumerable<string> strings) => new([.. strings.Select(text => (JsonNode)text)]);
}
