using System.Linq;

namespace HcsPowerShell.Interop.Documents.Translation;

/// <summary>Writes a schema 1 process configuration as schema 2 process parameters.</summary>
public static class ProcessTranslation
{
    /// <exception cref="HcsTranslationException">A member has no counterpart in schema 2.</exception>
    public static ProcessParameters ToProcessParameters(ProcessConfig config)
    {
        WithoutCounterpart.Refuse(config.CreateInUtilityVm, nameof(config.CreateInUtilityVm), "open the utility virtual machine instead");
        WithoutCounterpart.Refuse(
            config.OCISpecification is not null,
            nameof(config.OCISpecification),
            "a Linux guest takes CommandArgs and Environment");
        return new ProcessParameters
        {
            ApplicationName = config.ApplicationName,
            CommandLine = config.CommandLine,
            CommandArgs = config.CommandArgs,
            User = config.User,
            WorkingDirectory = config.WorkingDirectory,
            Environment = config.Environment,
            EmulateConsole = config.EmulateConsole,
            CreateStdInPipe = config.CreateStdInPipe,
            CreateStdOutPipe = config.CreateStdOutPipe,
            CreateStdErrPipe = config.CreateStdErrPipe,
            ConsoleSize = ConsoleSize(config.ConsoleSize),
            // The members that only schema 2 has, such as RestrictedToken, are kept as unknown members in schema 1.
            UnknownMembers = config.UnknownMembers,
        };
    }

    private static ushort[]? ConsoleSize(uint[]? size)
    {
        if (size is null || size.All(characters => characters == 0))
        {
            return null;
        }

        WithoutCounterpart.Refuse(
            size.Any(characters => characters > ushort.MaxValue),
            nameof(ProcessConfig.ConsoleSize),
            "a console has at most 65535 rows and columns");
        return [.. size.Select(characters => (ushort)characters)];
    }
}
