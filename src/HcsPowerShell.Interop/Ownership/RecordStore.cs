using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using HcsPowerShell.Interop.Layers;

namespace HcsPowerShell.Interop.Ownership;

/// <summary>The records of a host, a file for each container, and the scratches that the containers own.</summary>
/// <param name="folder">The folder of the host that only administrators can enter, so that its content is trusted.</param>
internal sealed class RecordStore(string folder)
{
    private readonly string _records = OwnFolder.RecordsIn(folder);

    /// <summary>The scratches in the folder of the host.</summary>
    public IReadOnlyList<string> Scratches => OwnFolder.FindScratches(folder);

    /// <summary>The files of all records.</summary>
    public IReadOnlyList<string> Files() =>
        Directory.Exists(_records) ? Directory.GetFiles(_records) : [];

    /// <summary>The file of a container. Ids that differ in case alone are one.</summary>
    public string FileOf(string id) => Path.Combine(_records, OwnFolder.FileOf(id));

    /// <summary>Folder of the scratch that a record names.</summary>
    public string ScratchOf(ContainerRecord record) =>
        record.ScratchPath ?? Path.Combine(OwnFolder.ScratchesIn(folder), record.Key);

    /// <summary>The folders that a scratch of its own has now: a removal that was cut short has renamed it.</summary>
    public IReadOnlyList<string> OwnFoldersOf(ContainerRecord record) =>
        OwnFolder.FindScratches(folder, record.Key + "*");

    /// <summary>Reads all records that can be read now.</summary>
    public IEnumerable<ContainerRecord> ReadAll() => Files().Select(Read).OfType<ContainerRecord>();

    /// <summary>Reads a record. It may be held meanwhile.</summary>
    /// <returns>Null when there is none, or none that can be read now.</returns>
    public static ContainerRecord? Read(string file)
    {
        // Most containers own nothing. An exception for each of them would cost a sample more than its counters do.
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return HeldRecord.Read(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Opens a record so that nobody else can.</summary>
    /// <param name="file">The file of the record.</param>
    /// <param name="isMade">True to make the file when it does not exist.</param>
    /// <param name="held">The record; null when it does not exist, or another one holds it.</param>
    /// <returns>False when another one holds it.</returns>
    public bool TryHold(string file, bool isMade, out HeldRecord? held)
    {
        held = null;
        try
        {
            if (isMade)
            {
                Directory.CreateDirectory(_records);
            }

            held = HeldRecord.Open(file, isMade);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (File.Exists(file) && e is IOException or UnauthorizedAccessException)
        {
            // Windows denies the access to a file that is deleted and still open.
            return false;
        }
    }
}

/// <summary>A record that is open exclusively: what the container owns is being made or removed.</summary>
internal sealed class HeldRecord : IDisposable
{
    // The entry point, the environment and the layers of an image; what is larger was not written here.
    private const long MostBytes = 1 << 20;

    // Under Windows others may read meanwhile, and the file can be deleted. Elsewhere only None locks a file.
    private static readonly FileShare s_share =
        Path.DirectorySeparatorChar == '\\' ? FileShare.Read | FileShare.Delete : FileShare.None;

    private readonly FileStream _stream;

    private HeldRecord(FileStream stream) => _stream = stream;

    /// <summary>The record; null when none has been written whole, so that nothing was made after it.</summary>
    public ContainerRecord? Record { get; private set; }

    /// <exception cref="IOException">Another one holds it, or it does not exist.</exception>
    public static HeldRecord Open(string file, bool isMade)
    {
        HeldRecord held = new(new FileStream(
            file, isMade ? FileMode.OpenOrCreate : FileMode.Open, FileAccess.ReadWrite, s_share));
        held.Record = Read(held._stream);
        return held;
    }

    /// <summary>Reads the record in a file; null when there is none whole.</summary>
    public static ContainerRecord? Read(FileStream stream)
    {
        if (stream.Length is 0 or > MostBytes)
        {
            return null;
        }

        try
        {
            ContainerRecord? record =
                JsonSerializer.Deserialize(stream, ContainerRecordContext.Default.ContainerRecord);
            return record is not null && Guid.TryParseExact(record.Key, "N", out _) ? record : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the record, to the disk itself: what is made next must be found after a power failure too.</summary>
    public void Write(ContainerRecord record)
    {
        _stream.SetLength(0);
        JsonSerializer.Serialize(_stream, record, ContainerRecordContext.Default.ContainerRecord);
        _stream.Flush(flushToDisk: true);
        Record = record;
    }

    /// <summary>Deletes the file.</summary>
    public void Delete()
    {
        File.Delete(_stream.Name);
        _stream.Dispose();
    }

    /// <summary>Lets others open the record.</summary>
    public void Dispose() => _stream.Dispose();
}
