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

/// <summary>The programs as files: those that are embedded, and those that the compilers of this machine make.</summary>
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

                // Another process writes it: a child of another test could have it open for writing yet, and it would be busy.
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

    /// <summary>The compiler and the linker that made the embedded images.</summary>
    public static string EmbeddedMadeBy(string processor) =>
        File.ReadAllText(Path.Combine(s_sources, "images", $"made-by.{processor}"));

    /// <summary>The compiler and the linker here; the test is skipped where there is none.</summary>
    public string MadeBy(string processor)
    {
        Assert.SkipWhen(_folder is null, "Needs Linux.");
        string file = Path.Combine(Folder("built"), $"made-by.{processor}");
        Assert.SkipUnless(File.Exists(file), "Needs the packages gcc, gcc-aarch64-linux-gnu, linux-libc-dev-arm64-cross.");
        return File.ReadAllText(file);
    }

    /// <summary>The images that were built here.</summary>
    public byte[] Built(string program, string processor) =>
        File.ReadAllBytes(Path.Combine(Folder("built"), $"{program}.{processor}"));

    /// <summary>A command that runs a program; the test is skipped where nothing here can.</summary>
    /// <param name="origin"><c>embedded</c> or <c>built</c>.</param>
    /// <param name="program"><c>keeper</c> or <c>init</c>.</param>
    /// <param name="processor">The processor it is for; another than that of this machine is emulated.</param>
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
                // It refuses what the keeper asks for to become the parent of orphans, which an exec leaves as it is.
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
