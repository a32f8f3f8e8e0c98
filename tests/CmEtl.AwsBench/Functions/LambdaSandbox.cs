using System.Diagnostics;
using System.Net;
using System.Threading.Channels;

namespace CmEtl.AwsBench;

/// <summary>
/// An execution environment: a <c>bootstrap</c> process and the runtime API that it uses
/// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html). It processes one invocation at a time.
/// </summary>
public sealed class LambdaSandbox : IDisposable
{
    private readonly SandboxSettings _settings;
    private readonly LoopbackListener _api;
    private readonly Process _process;
    private readonly Channel<Work> _next = Channel.CreateUnbounded<Work>();
    private readonly TaskCompletionSource<InvokeResult> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private InvokeResult? _initError;
    private Work? _current;

    /// <param name="settings">The function.</param>
    /// <param name="folder">Its unpacked package.</param>
    /// <param name="log">Called with each line of standard output and error.</param>
    public LambdaSandbox(SandboxSettings settings, FunctionFolder folder, Action<string> log)
    {
        _settings = settings;
        _api = new LoopbackListener(AnswerAsync);
        _process = Start(folder, log);
        _process.Exited += (_, _) => Ended();
        _process.EnableRaisingEvents = true;
    }

    /// <summary>Process id, for tests that kill the process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Whether it can take an invocation.</summary>
    public bool Alive => !_ended.Task.IsCompleted;

    /// <summary>Runs one invocation. At the deadline the process is killed.</summary>
    public async Task<InvokeResult> InvokeAsync(byte[] payload)
    {
        var work = new Work(Guid.NewGuid().ToString(), DateTimeOffset.UtcNow + _settings.Timeout, payload);
        _current = work;
        await _next.Writer.WriteAsync(work);
        var first = await Task.WhenAny(work.Result.Task, _ended.Task, Task.Delay(_settings.Timeout));
        if (first is Task<InvokeResult> result)
        {
            return work.Result.Task.IsCompleted ? await work.Result.Task : await result;
        }

        Kill();
        return InvokeResult.Error("Sandbox.Timedout", $"RequestId: {work.Id} Error: Task timed out after {_settings.Timeout.TotalSeconds:F2} seconds");
    }

    /// <summary>Kills the process as Lambda does: no signal handler runs.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>The shutdown phase: SIGTERM, and SIGKILL after two seconds.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await Task.WhenAny(_process.WaitForExitAsync(), Task.Delay(2_000));
        Kill();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _api.Dispose();
        _process.Dispose();
    }

    private Process Start(FunctionFolder folder, Action<string> log)
    {
        var start = new ProcessStartInfo(folder.Bootstrap)
        {
            WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment.Clear();
        foreach (var (name, value) in _settings.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["AWS_LAMBDA_RUNTIME_API"] = $"127.0.0.1:{_api.Port}";
        start.Environment["AWS_LAMBDA_FUNCTION_NAME"] = _settings.FunctionName;
        start.Environment["AWS_LAMBDA_FUNCTION_VERSION"] = _settings.Version;
        start.Environment["LAMBDA_TASK_ROOT"] = folder.Path;
        start.Environment["TMPDIR"] = Path.GetTempPath();
        var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Log(line.Data);
        process.ErrorDataReceived += (_, line) => Log(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Log(string? line)
        {
            if (line is not null)
            {
                log(line);
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath["/2018-06-01/runtime/".Length..].Split('/');
        switch (path)
        {
            case ["invocation", "next"]:
                var work = await _next.Reader.ReadAsync();
                context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = work.Id;
                context.Response.Headers["Lambda-Runtime-Deadline-Ms"] = $"{work.Deadline.ToUnixTimeMilliseconds()}";
                context.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = $"arn:aws:lambda:us-east-1:123456789012:function:{_settings.FunctionName}";
                await LoopbackListener.AnswerAsync(context, 200, work.Payload);
                break;
            case ["invocation", var id, "response"] when id == _current?.Id:
                await ReceiveAsync(context, body => _current.Result.TrySetResult(new InvokeResult(body)));
                break;
            case ["invocation", var id, "error"] when id == _current?.Id:
                await ReceiveAsync(context, body => _current.Result.TrySetResult(new InvokeResult(body, "Unhandled")));
                break;
            case ["init", "error"]:
                // Stored before it is answered, because the runtime exits immediately and its exit is reported as this error.
                _initError = new InvokeResult(await LoopbackListener.ReadAsync(context), "Unhandled");
                await LoopbackListener.AnswerAsync(context, 202, "{}"u8.ToArray());
                break;
            default:
                await LoopbackListener.AnswerAsync(context, 400, "{}"u8.ToArray());
                break;
        }
    }

    /// <summary>
    /// Passes the reply on after the runtime has received its 202, so that the runtime is not stopped while waiting for it.
    /// </summary>
    private static async Task ReceiveAsync(HttpListenerContext context, Action<byte[]> use)
    {
        var body = await LoopbackListener.ReadAsync(context);
        await LoopbackListener.AnswerAsync(context, 202, "{}"u8.ToArray());
        use(body);
    }

    private void Ended() => _ended.TrySetResult(_initError ?? InvokeResult.Error(
        "Runtime.ExitError", $"RequestId: {_current?.Id} Error: Runtime exited with error: exit status {_process.ExitCode}"));

    private sealed record Work(string Id, DateTimeOffset Deadline, byte[] Payload)
    {
        public TaskCompletionSource<InvokeResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
