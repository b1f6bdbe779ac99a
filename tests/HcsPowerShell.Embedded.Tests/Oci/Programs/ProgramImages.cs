using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Linux.Oci.Programs;
using Xunit;

namespace HcsPowerShell.Embedded.Tests.Oci.Programs;

/// <summary>The programs as files: the embedded ones, and those that the compilers of this machine build.</summary>
public sealed class ProgramImages : IDisposable
{
    private static readonly string s_sources = Path.Combine(
        typeof(ProgramImages).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "RepositoryRoot").Value!,
        "src", "HcsPowerShell.Embedded", "Linux", "Oci", "Programs");

    private readonly string? _folder;

    public ProgramImages()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        _folder = Directory.CreateTempSubdirectory().FullName;
        Directory.CreateDirectory(Folder("embedded"));
        foreach (string program in new[] { "keeper", "init" })
        {
            foreach (string processor in new[] { "x64", "arm64" })
            {
                string file = Path.Combine(Folder("embedded"), $"{program}.{processor}");
                File.WriteAllBytes(file + ".image", ProgramFiles.Image(program, processor));

                // Another process writes the program. A child of another test could still have it open for writing, and
                // its start would fail.
                OciTest.Run("install", "-m", "500", file + ".image", file);
            }
        }

        Directory.CreateDirectory(Folder("built"));
        OciTest.Run("/bin/sh", Path.Combine(s_sources, "build.sh"), Folder("built"));
    }

    /// <summary>Each kind of image, for each processor.</summary>
    public static TheoryData<string, string> All => new()
    {
        { "embedded", "x64" }, { "embedded", "arm64" }, { "built", "x64" }, { "built", "arm64" },
    };

    /// <summary>Names the compiler and the linker that made the embedded images.</summary>
    public static string EmbeddedMadeBy(string processor) =>
        File.ReadAllText(Path.Combine(s_sources, "images", $"made-by.{processor}"));

    /// <summary>Names the compiler and the linker of this machine; the test is skipped if there are none.</summary>
    public string MadeBy(string processor)
    {
        Assert.SkipWhen(_folder is null, "Needs Linux.");
        string file = Path.Combine(Folder("built"), $"made-by.{processor}");
        Assert.SkipUnless(File.Exists(file), "Needs the packages gcc, gcc-aarch64-linux-gnu, linux-libc-dev-arm64-cross.");
        return File.ReadAllText(file);
    }

    /// <summary>Returns an image that was built on this machine.</summary>
    public byte[] Built(string program, string processor) =>
        File.ReadAllBytes(Path.Combine(Folder("built"), $"{program}.{processor}"));

    /// <summary>Returns a command that runs a program; the test is skipped if this machine cannot run it.</summary>
    /// <param name="origin"><c>embedded</c> or <c>built</c>.</param>
    /// <param name="program"><c>keeper</c> or <c>init</c>.</param>
    /// <param name="processor">The processor of the program; a processor other than that of this machine is
    /// emulated.</param>
    public string[] Command(string origin, string program, string processor)
    {
        Assert.SkipWhen(_folder is null, "Needs Linux.");
        if (origin == "built")
        {
            MadeBy(processor);
        }

        List<string> command = [Path.Combine(Folder(origin), $"{program}.{processor}")];
        if (!processor.Equals(RuntimeInformation.OSArchitecture.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            string emulator = processor == "x64" ? "/usr/bin/qemu-x86_64" : "/usr/bin/qemu-aarch64";
            Assert.SkipUnless(File.Exists(emulator), "Needs the package qemu-user.");
            command.Insert(0, emulator);
            if (program == "keeper")
            {
                // The emulator refuses the call that makes the keeper the parent of orphans. perl makes it, and the
                // exec keeps its effect.
                Assert.SkipUnless(File.Exists("/usr/bin/perl"), "Needs the package perl-base.");
                int prctl = processor == "x64" ? 167 : 157;
                command.InsertRange(0, ["/usr/bin/perl", "-e", $"syscall({prctl}, 36, 1) == 0 and exec @ARGV"]);
            }
        }

        return [.. command];
    }

    public void Dispose()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private string Folder(string origin) => Path.Combine(_folder!, origin);
}
