using System.Collections.Generic;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;

namespace HcsPowerShell.Embedded.Service.Execution;

/// <summary>Turns a process document into a process start, or refuses it as HCS would.</summary>
internal static class ProcessPlanner
{
    private const string Function = "HcsCreateProcess";

    /// <summary>Resolves executable, arguments, folder and environment against the files of the sandbox.</summary>
    /// <exception cref="Interop.HcsException">
    /// The document names nothing to run, or the executable or working folder is missing.
    /// </exception>
    public static ProcessPlan Build(string containerId, ProcessConfig config, ISandboxFiles files)
    {
        foreach (DocumentProblem problem in ProcessConfigRules.Check(config))
        {
            throw Refusal.InvalidArgument(containerId, Function, $"{problem.Path}: {problem.Message}");
        }

        IReadOnlyList<string> arguments = Arguments(config);
        string command = string.IsNullOrEmpty(config.ApplicationName) ? arguments[0] : config.ApplicationName!;
        string folder = WorkingDirectory(containerId, config, files);
        ConsolePlan? console = ConsolePlanner.Build(containerId, config);
        IReadOnlyDictionary<string, string> environment =
            ContainerEnvironment.Build(files, config, hasConsole: console is not null);
        return new ProcessPlan
        {
            Executable = ExecutableSearch.Find(ContainerPath.ToNative(command), folder, environment, files)
                ?? throw Refusal.ExecutableNotFound(containerId, Function, command),
            Arguments = arguments,
            CommandLine = string.IsNullOrEmpty(config.CommandLine) ? CommandLineArguments.Join(arguments) : config.CommandLine!,
            WorkingDirectory = folder,
            User = string.IsNullOrEmpty(config.User) ? null : config.User,
            Environment = environment,
            Console = console,
            Specification = config.OCISpecification,

            // As under HCS: a console process without an input would end at once, and a console has one output.
            StandardInput = config.CreateStdInPipe || config.EmulateConsole,
            StandardOutput = config.CreateStdOutPipe,
            StandardError = config.CreateStdErrPipe && !config.EmulateConsole,
        };
    }

    private static IReadOnlyList<string> Arguments(ProcessConfig config) =>
        config.CommandArgs is { Length: > 0 } given ? given
        : string.IsNullOrWhiteSpace(config.CommandLine) ? [config.ApplicationName!]
        : CommandLineArguments.Split(config.CommandLine!);

    private static string WorkingDirectory(string containerId, ProcessConfig config, ISandboxFiles files)
    {
        string folder = string.IsNullOrEmpty(config.WorkingDirectory)
            ? ContainerPath.Root
            : ContainerPath.ToNative(config.WorkingDirectory!);
        return files.FolderExists(folder)
            ? folder
            : throw Refusal.PathNotFound(containerId, Function, nameof(config.WorkingDirectory), folder);
    }
}
