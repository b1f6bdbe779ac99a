using System;
using System.IO;
using System.Linq;
using System.Reflection;
using HcsPowerShell.Shell.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(InstalledShell))]

namespace HcsPowerShell.Shell.Tests;

/// <summary>The built shell in a folder of its own, whose path has a space, with the test module beside it.</summary>
public sealed class InstalledShell : IDisposable
{
    public InstalledShell()
    {
        Copy(BuildFolder("ShellFolder"), Home, skip: "Modules");
        Copy(BuildFolder("TestModuleFolder"), ModuleFolder, skip: null);
    }

    /// <summary>A folder for scripts; removed with the shell.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("hcs shell ").FullName;

    public string ModuleFolder => Path.Combine(Home, "Modules", "HcsPowerShell");

    public string Program => Path.Combine(Home, "HcsPowerShell.Shell" + (OperatingSystem.IsWindows() ? ".exe" : ""));

    /// <summary>The shell as it was built, with the module it comes with.</summary>
    public static string ProgramWithModule => Path.Combine(BuildFolder("ShellFolder"), "HcsPowerShell.Shell");

    public static string RepositoryRoot => BuildFolder("RepositoryRoot");

    private string Home => Path.Combine(Folder, "shell");

    public string Script(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public ShellProcess Start(params string[] arguments) => new(Program, arguments);

    /// <summary>Runs to the end with an empty standard input.</summary>
    public ShellResult Run(params string[] arguments) => RunWithInput(string.Empty, arguments);

    public ShellResult RunWithInput(string input, params string[] arguments)
    {
        using ShellProcess process = Start(arguments);
        process.Input.Write(input);
        process.Input.Close();
        return process.WaitForExit();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string BuildFolder(string key) =>
        typeof(InstalledShell).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == key).Value!;

    private static void Copy(string source, string target, string? skip)
    {
        Directory.CreateDirectory(target);
        foreach (string file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.GetDirectories(source).Where(path => Path.GetFileName(path) != skip))
        {
            Copy(folder, Path.Combine(target, Path.GetFileName(folder)), skip: null);
        }
    }
}
