using System;
using System.IO;
using HcsPowerShell.Contract;
using HcsPowerShell.Embedded.Linux.Oci;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Tests.Oci;

/// <summary>A runc that begins some of its work and pauses until a test releases it.</summary>
internal sealed class SlowRunc : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slow-runc-");

    public SlowRunc()
    {
        Path = System.IO.Path.Combine(_folder.FullName, "runc");
        File.WriteAllText(Path, $$"""
            #!/bin/sh
            for verb in create start pause resume exec; do
                case " $* " in
                *" $verb "*)
                    [ -e "{{_folder.FullName}}/hold-$verb" ] || break
                    : >"{{_folder.FullName}}/work-$verb-$$"
                    while [ -e "{{_folder.FullName}}/hold-$verb" ]; do sleep 0.02; done
                    rm "{{_folder.FullName}}/work-$verb-$$"
                    break;;
                esac
            done
            exec {{RuncProgram.Find()}} "$@"

            """);
        OciTest.Run("chmod", "755", Path);
    }

    /// <summary>The program to run instead of runc.</summary>
    public string Path { get; }

    /// <summary>Returns the runc command behind an operation; null if the operation does not run runc.</summary>
    public static string? Verb(ComputeOperation operation) => operation switch
    {
        ComputeOperation.Create => "create",
        ComputeOperation.Start => "start",
        ComputeOperation.Pause => "pause",
        ComputeOperation.Resume => "resume",
        ComputeOperation.CreateProcess => "exec",
        _ => null,
    };

    public IHeldCalls Hold(string verb, Func<bool> areUndone) => new HeldRuns(_folder.FullName, verb, areUndone);

    public void Dispose() => _folder.Delete(recursive: true);

    private sealed class HeldRuns : IHeldCalls
    {
        private readonly string _folder;
        private readonly string _verb;
        private readonly Func<bool> _areUndone;

        public HeldRuns(string folder, string verb, Func<bool> areUndone)
        {
            _folder = folder;
            _verb = verb;
            _areUndone = areUndone;
            File.WriteAllText(Hold, string.Empty);
        }

        public int AtWork => Directory.GetFiles(_folder, $"work-{_verb}-*").Length;

        public bool AreUndone => _areUndone();

        private string Hold => System.IO.Path.Combine(_folder, "hold-" + _verb);

        public void Dispose() => File.Delete(Hold);
    }
}
