using System;
using System.IO;
using HcsPowerShell.Interop.Layers;
using Xunit;

namespace HcsPowerShell.Interop.Tests.Layers;

public sealed class MountNotesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_note_that_vanishes_while_the_notes_are_read_is_left_out()
    {
        var notes = new MountNotes(_folder);
        string scratch = Path.Combine(_folder, "scratch");
        Directory.CreateDirectory(scratch);
        Assert.True(notes.Add(scratch));
        File.CreateSymbolicLink(Path.Combine(OwnFolder.MountsIn(_folder), "vanished.json"), Path.Combine(_folder, "nothing"));
        Assert.Equal([scratch], notes.Read());
    }
}
