using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Processes;

/// <summary>Fills a process configuration with the defaults of the image that its container was created from.</summary>
internal static class ImageDefaults
{
    /// <summary>
    /// Takes the working folder, the user and the environment of the image where the caller gives none, and its entry
    /// point with its command where the caller gives no command.
    /// </summary>
    public static void Apply(ProcessConfig config, ImageProperties image)
    {
        config.WorkingDirectory = Either(config.WorkingDirectory, image.WorkingDirectory);
        config.User = Either(config.User, image.User);
        Dictionary<string, string> environment = image.Environment.ToDictionary(e => e.Key, e => e.Value);
        foreach (KeyValuePair<string, string> given in config.Environment ?? [])
        {
            environment[given.Key] = given.Value;
        }

        config.Environment = environment.Count > 0 ? environment : config.Environment;
        if (HasCommand(config))
        {
            return;
        }

        string[] command = [.. image.Entrypoint, .. image.Command];
        if (image.ArgsEscaped && command.Length > 0)
        {
            // Under Windows the first element is a whole command line then, and is passed on as it is.
            config.CommandLine = string.Join(" ", command);
        }
        else if (command.Length > 0)
        {
            config.CommandArgs = command;
        }
    }

    private static bool HasCommand(ProcessConfig config) =>
        !string.IsNullOrWhiteSpace(config.CommandLine) || !string.IsNullOrWhiteSpace(config.ApplicationName)
        || config.CommandArgs is { Length: > 0 };

    private static string? Either(string? given, string? image) =>
        !string.IsNullOrEmpty(given) ? given : string.IsNullOrEmpty(image) ? null : image;
}
