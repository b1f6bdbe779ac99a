using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CsCheck;
using HcsPowerShell.Contract;
using HcsPowerShell.Documents;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Oci.Networks;
using HcsPowerShell.Embedded.Linux.Oci.Runtime;
using HcsPowerShell.Embedded.Linux.Processes;
using HcsPowerShell.Embedded.Service;
using HcsPowerShell.Embedded.Service.Execution;
using HcsPowerShell.Embedded.Service.Modification;
using HcsPowerShell.Errors;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.ComputeCore;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Rules;
using HcsPowerShell.Interop.Faults;
using HcsPowerShell.Interop.Lifecycle;
using HcsPowerShell.Streams;
using Xunit;
using ComputeSystemDocument = HcsPowerShell.Interop.Documents.ComputeSystem;

namespace HcsPowerShell.Embedded.Tests.Campaigns;

/// <summary>
/// Gives damaged input to every reader and parser: each one reads it, or refuses it with its own exception. With
/// HCSPOWERSHELL_CAMPAIGN=300 these are over ten million inputs.
/// </summary>
public sealed class FuzzTests
{
    private const int Count = 2000;
    private const string Config = """{"SystemType":"Container","Owner":"o","Layers":[{"ID":"eef2649d-bb17-4d53-9937-295a8efe6f2c","Path":"/usr"}],"MappedDirectories":[{"HostPath":"/tmp","ContainerPath":"/t","ReadOnly":true}],"ProcessorCount":2,"MemoryMaximumInMB":64,"HvPartition":false}""";
    private const string System2 = """{"Owner":"o","SchemaVersion":{"Major":2,"Minor":1},"Container":{"GuestOs":{"HostName":"h"},"Storage":{"Layers":[{"Id":"eef2649d-bb17-4d53-9937-295a8efe6f2c","Path":"/usr"}]},"MappedDirectories":[{"HostPath":"/tmp","ContainerPath":"/t"}],"Memory":{"SizeInMB":64},"Processor":{"Count":2}},"ShouldTerminateOnLastHandleClosed":true}""";
    private const string Process = """{"CommandLine":"a \"b c\" d","WorkingDirectory":"/","Environment":{"A":"b"},"EmulateConsole":true,"ConsoleSize":[25,80],"CreateStdInPipe":true,"User":"u:g"}""";
    private const string Status = """{"ProcessId":7,"Exited":true,"ExitCode":3,"LastWaitResult":0}""";
    private const string Stat = "12 (a b) c) S 1 12 12 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 4711 1000 10 18446744073709551615 1 2 3 4 5 0 0 0 0 0 0 0 17 1 0 0 0 0 0 1 2 3 4 5 6 7 0\n";
    private const string Result = """{"Error":-2143878903,"ErrorMessage":"m","ErrorEvents":[{"Message":"e","EventId":1}],"Attribution":[{"OperationFailure":{"Detail":"Create"}}]}""";

    [Fact]
    public void Documents_of_containers() => Readable(typeof(ContainerConfig), Config);

    [Fact]
    public void Documents_of_systems() => Readable(typeof(ComputeSystemDocument), System2);

    [Fact]
    public void Documents_of_processes() => Readable(typeof(ProcessConfig), Process);

    [Fact]
    public void Result_documents() => Readable(typeof(ResultError), Result);

    [Fact]
    public void Answers_with_properties() => Readable(
        typeof(Interop.Documents.Properties),
        """{"Id":"a","State":"Running","Statistics":{"Timestamp":"2026-11-29T00:00:00Z","Memory":{"UsageCommitBytes":5}},"ProcessList":[{"ProcessId":7,"ImageName":"x"}]}""");

    [Fact]
    public void Lists() => Run(
        nameof(Lists),
        Inputs.Damaged("""[{"Id":"a","State":"Running"},{"Id":"b"}]""", "[]", $"[{Config},{Config}]"),
        text => Refused<HcsDocumentException>(() => HcsJson.ReadList<ContainerProperties>(text).Count()));

    [Fact]
    public void Checks_of_configurations() => Run(
        nameof(Checks_of_configurations),
        Inputs.Documents(typeof(ComputeSystemDocument), System2, Config),
        text => ConfigurationCheck.Check(text));

    [Fact]
    public void Merges() => Run(
        nameof(Merges),
        Inputs.Documents(typeof(ContainerConfig), Config),
        text => Refused<HcsDocumentException>(() => DocumentMerge.Over(Config, text)));

    [Fact]
    public void Raw_values() => Run(
        nameof(Raw_values), Inputs.Damaged(Config, "1", "\"a\""), text => Refused<FormatException>(() => new RawJson(text)));

    [Fact]
    public void Exit_documents() => Run(
        nameof(Exit_documents),
        Inputs.Documents(typeof(SystemExitStatus), """{"Status":-1,"ExitType":"ForcedExit","Attribution":[{"WorkerExit":{"ExitCode":1}}]}"""),
        text => Assert.NotNull(ExitDocument.Read(text, HResult.UnexpectedExit)));

    [Fact]
    public void Process_statuses() => Run(
        nameof(Process_statuses),
        Inputs.Documents(typeof(ProcessStatus), Status),
        text => Refused<HcsDocumentException>(() => ProcessStatusDocument.Read(text)));

    [Fact]
    public void Schemas_of_the_service() => Run(
        nameof(Schemas_of_the_service),
        Inputs.Documents(typeof(ServiceProperties), """{"Properties":[{"SupportedSchemaVersions":[{"Major":2,"Minor":5}]}]}"""),
        text => SupportedSchemas.Of(text));

    [Fact]
    public void Messages_of_the_service() => Run(
        nameof(Messages_of_the_service), Inputs.Documents(typeof(ResultError), Result), text => ServiceMessage.Of(text));

    [Fact]
    public void Documents_to_create() => Run(
        nameof(Documents_to_create),
        Inputs.Documents(typeof(ComputeSystemDocument), System2, Config),
        text =>
        {
            Refused<HcsException>(() => ContainerDocument.Read("c", text, new SchemaVersion { Major = 1 }));
            Refused<HcsException>(() => ContainerDocument.Read("c", text, new SchemaVersion { Major = 2, Minor = 1 }));
        });

    [Fact]
    public void Documents_to_modify() => Run(
        nameof(Documents_to_modify),
        Gen.OneOf(
            Inputs.Documents(
                typeof(ResourceModificationRequestResponse),
                """{"ResourceType":"Network","Settings":"eef2649d-bb17-4d53-9937-295a8efe6f2c","RequestType":"Add"}""",
                """{"ResourceType":"MappedDirectory","Settings":{"HostPath":"/tmp","ContainerPath":"/t"},"RequestType":"Remove"}"""),
            Inputs.Documents(
                typeof(ModifySettingRequest),
                """{"ResourcePath":"Container/Memory/SizeInMB","Settings":64,"RequestType":"Update"}""",
                """{"ResourcePath":"Container/MappedDirectories","Settings":{"HostPath":"/tmp","ContainerPath":"/t"}}""")),
        text =>
        {
            Refused<HcsException>(() => ModifyDocument.Read("c", text, isSchema2: false));
            Refused<HcsException>(() => ModifyDocument.Read("c", text, isSchema2: true));
        });

    [Fact]
    public void Command_lines() => Run(
        nameof(Command_lines),
        Inputs.Damaged("a \"b c\" d", "\"C:\\a b\\c.exe\" -x \\\\\\\"q\\\" \"\"", "a\\\\\"b c\\\"", " "),
        text =>
        {
            // Split arguments that are joined again split into the same arguments. Argument 0 cannot hold a quote.
            IReadOnlyList<string> arguments = CommandLineArguments.Split(text);
            if (!arguments.Take(1).Any(program => program.Contains('"', StringComparison.Ordinal)))
            {
                Assert.Equal(arguments, CommandLineArguments.Split(CommandLineArguments.Join(arguments)));
            }

            Assert.Equal([text, "x"], CommandLineArguments.Split(CommandLineArguments.Join(["p", text, "x"])).Skip(1));
        });

    [Fact]
    public void Rules_of_a_fault_plan() => Campaign.Run(
        nameof(Rules_of_a_fault_plan),
        Gen.Select(
            Gen.Int[-2, 40], Gen.Int[-1, 2], Inputs.Damaged("0x80370105", "HCS_E_INVALID_STATE", "-1", "5"), Gen.Double, Gen.Int[0, 511]),
        rule => Refused<HcsDocumentException>(() => FaultyComputeService.Check([Rule(rule)])),
        Count,
        rule => Rule(rule).ToString());

    [Fact]
    public void Result_codes() => Run(
        nameof(Result_codes),
        Inputs.Damaged("0x80370105", "HCS_E_INVALID_STATE", "-2143878907", "2151088389", " error_vmcompute_timeout "),
        text =>
        {
            int? code = ResultCode.Parse(text, out string problem);
            Assert.Equal(code is null, problem.Length > 0);
            Assert.True(code is null or < 0);
        });

    [Fact]
    public void Failures_of_runc() => Run(
        nameof(Failures_of_runc),
        Inputs.Damaged("""{"level":"error","msg":"no such file","time":"t"}""" + "\n", "panic: x\n", """{"level":"warning","msg":"m"}""", "[]\n5\n\"x\""),
        text => RuncFailure.From("HcsCreateProcess", text));

    [Fact]
    public void Statuses_in_proc() => Campaign.Run(
        nameof(Statuses_in_proc), Inputs.Bytes(Stat), bytes => ProcStat.Parse(12, bytes), Count, Show);

    [Fact]
    public void Memory_in_proc() => Campaign.Run(
        nameof(Memory_in_proc),
        Inputs.Bytes("Name:\tx\nVmHWM:\t  100 kB\nRssAnon:\t 60 kB\nRssFile:\t 30 kB\nRssShmem:\t 0 kB\nVmSwap:\t 5 kB\n"),
        bytes => ProcMemory.Parse(bytes),
        Count,
        Show);

    [Fact]
    public void Input_and_output_in_proc() => Campaign.Run(
        nameof(Input_and_output_in_proc),
        Inputs.Bytes("rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 5\nwrite_bytes: 6\n"),
        bytes => ProcIo.Parse(bytes),
        Count,
        Show);

    [Fact]
    public void Interfaces_in_proc() => Campaign.Run(
        nameof(Interfaces_in_proc),
        Inputs.Bytes("Inter-| Receive\n face |bytes\n lo: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\neth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"),
        bytes => NetworkCounters.Parse(bytes),
        Count,
        Show);

    [Fact]
    public void Environments() => Campaign.Run(
        nameof(Environments),
        Inputs.Bytes(
            "A=b\0" + Marker.Variable + "=" + Guid.Empty.ToString("N") + "-1-2\0C=d",
            Marker.Variable + "=" + Marker.Prefix(HostProcess.Current, Guid.Empty) + "1"),
        bytes => Marker.Find(bytes),
        Count,
        Show);

    [Fact]
    public void Short_forms() => Run(
        nameof(Short_forms),
        Inputs.Damaged("/a:/b:ro", @"C:\a:D:\b:rw", @"\\.\pipe\x:y", "a:b", @"\\?\C:\a:C:\b"),
        text =>
        {
            Refused<HcsDocumentException>(() => ShortForm.MappedDir(text));
            Refused<HcsDocumentException>(() => ShortForm.MappedPipe(text));
        });

    [Fact]
    public void Lines_of_output() => Campaign.Run(
        nameof(Lines_of_output),
        Gen.Select(Inputs.Bytes("a\nb\r\nc\r\r\nß容\U0001F40B\n\n", "x"), Gen.Int[0, int.MaxValue]),
        input =>
        {
            // Wherever the input is cut, the lines are the same and nothing is lost.
            (byte[] bytes, int cut) = input;
            cut %= bytes.Length + 1;
            var whole = new LineSplitter(Encoding.UTF8);
            var cutInTwo = new LineSplitter(Encoding.UTF8);
            object[] lines = [.. whole.Add(bytes, bytes.Length), .. whole.End()];
            Assert.Equal(lines, [.. cutInTwo.Add(bytes[..cut], cut), .. cutInTwo.Add(bytes[cut..], bytes.Length - cut), .. cutInTwo.End()]);
            string text = string.Concat(lines.Select(line => line + "\n"));
            string decoded = Encoding.UTF8.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal);
            string all = decoded.Length > 0 && decoded[0] == LineSplitter.ByteOrderMark ? decoded[1..] : decoded;
            Assert.Equal(all.Length == 0 || all[^1] == '\n' ? all : all + "\n", text);
        },
        Count,
        input => $"{Show(input.Item1)} cut at {input.Item2}");

    [Fact]
    public void Masked_documents() => Run(
        nameof(Masked_documents),
        Inputs.Documents(typeof(ProcessConfig), Process),
        text =>
        {
            // Only documents that were read are shown, and a shown document never contains the value of a variable.
            string json = $$"""{"a":[{"eNVIRONMENT":{"A":"planted"},"Credentials":"planted"}],"b":{{text}}}""";
            if (IsJson(json))
            {
                Assert.DoesNotContain("planted", SecretMask.Show(json, typeof(ProcessConfig)), StringComparison.Ordinal);
            }
        });

    private static void Readable(Type document, string right) => Run(
        $"Documents of {document.Name}",
        Inputs.Documents(document, right),
        text => Refused<HcsDocumentException>(() =>
        {
            // A document that can be read can be written, and is the same afterwards.
            HcsDocument read = HcsJson.Read(document, text);
            string written = HcsJson.Write(read);
            Assert.Equal(written, HcsJson.Write(HcsJson.Read(document, written)));
            HcsJson.Reproduce(read);
        }));

    private static void Run(string name, Gen<string> inputs, Action<string> check) =>
        Campaign.Run(name, inputs, check, Count, text => text);

    private static void Refused<T>(Action read)
        where T : Exception
    {
        try
        {
            read();
        }
        catch (T)
        {
            // The exception with which this reader refuses input.
        }
    }

    private static void Refused<T>(Func<object?> read)
        where T : Exception => Refused<T>(() => { _ = read(); });

    private static FaultRule Rule((int Operation, int Nth, string Code, double Seconds, int Given) from) => new()
    {
        Operation = (from.Given & 1) == 0 ? (ComputeOperation)from.Operation : null,
        Nth = (from.Given & 2) == 0 ? from.Nth : null,
        HResult = (from.Given & 4) == 0 ? from.Code : null,
        DelaySec = (from.Given & 8) == 0 ? null : from.Seconds,
        LateNotificationSec = (from.Given & 16) == 0 ? null : from.Seconds,
        LostNotification = (from.Given & 32) != 0,
        RepeatedNotification = (from.Given & 64) != 0,
        Answer = (from.Given & 128) == 0 ? null : from.Code,
        ResultDocument = (from.Given & 256) == 0 ? null : from.Code,
    };

    private static bool IsJson(string text)
    {
        try
        {
            using System.Text.Json.JsonDocument read = HcsJson.Parse(text);
            return true;
        }
        catch (HcsDocumentException)
        {
            return false;
        }
    }

    private static string Show(byte[] bytes) => Convert.ToHexString(bytes) + " " + Encoding.UTF8.GetString(bytes);
}
