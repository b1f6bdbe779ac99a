using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace HcsPowerShell.Mutants;

/// <summary>
/// A copy of the repository, with uncommitted changes, in which the mutants are applied. It is kept between runs, so
/// that only changed files are built.
/// </summary>
internal sealed class WorkingCopy(string root, string folder)
{
    public string Folder => folder;

    /// <summary>Makes the copy equal to the repository. An unchanged file keeps its time.</summary>
    public void Update()
    {
        string[] files = Output("git", ["-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .Split('\0', StringSplitOptions.RemoveEmptyEntries);
        string[] kept = [.. files.Where(file => File.Exists(Path.Combine(root, file)))];
        foreach (string file in kept)
        {
            Write(file, File.ReadAllBytes(Path.Combine(root, file)));
        }

        foreach (string file in Sources().Except(kept))
        {
            File.Delete(Path.Combine(folder, file));
        }
    }

    public string Read(string file) => File.ReadAllText(Path.Combine(folder, file));

    public void Write(string file, byte[] content)
    {
        string path = Path.Combine(folder, file);
        if (!File.Exists(path) || !content.AsSpan().SequenceEqual(File.ReadAllBytes(path)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }

    // The source files in the copy, where a file that was removed from the repository would still be built.
    private IEnumerable<string> Sources() => !Directory.Exists(folder)
        ? []
        : Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "obj" or "bin" or "out"));

    private static string Output(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed.");
    }
}
