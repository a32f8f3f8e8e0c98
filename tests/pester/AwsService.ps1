# An AWS service on loopback. It answers an operation ('ListStateMachines', 'GET /2015-03-31/functions/cm-etl') with the status and the body
# that were set, refuses all others, and keeps the requests in Requests.

class AwsService {
    [string] $Url
    [Collections.Concurrent.ConcurrentQueue[string]] $Requests = [Collections.Concurrent.ConcurrentQueue[string]]::new()
    hidden [Net.HttpListener] $Listener = [Net.HttpListener]::new()
    hidden [object] $Job

    AwsService([hashtable] $Replies) {
        $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $probe.Start()
        $this.Url = "http://127.0.0.1:$($probe.LocalEndpoint.Port)/"
        $probe.Stop()
        $this.Listener.Prefixes.Add($this.Url)
        $this.Listener.Start()
        $this.Job = Start-ThreadJob -ArgumentList $this.Listener, $this.Requests, $Replies {
            param($listener, $requests, $replies)
            while ($listener.IsListening) {
                try { $context = $listener.GetContext() } catch { break }
                $request = $context.Request
                $name = $request.Headers['X-Amz-Target'] -replace '.*\.' ?? ''
                if (-not $name) { $name = "$($request.HttpMethod) $($request.Url.AbsolutePath)" }
                $requests.Enqueue($name)
                $status, $body = $replies[$name] ?? (403, '{"__type":"AccessDeniedException","message":"Nobody is let in."}')
                $context.Response.StatusCode = $status
                $context.Response.Close([Text.Encoding]::UTF8.GetBytes($body), $false)
            }
        }
    }

    [void] Close() {
        $this.Listener.Close()
        $this.Job | Wait-Job -Timeout 10 | Remove-Job -Force
    }
}

$Env:AWS_ACCESS_KEY_ID = 'AKIDEXAMPLE'
$Env:AWS_SECRET_ACCESS_KEY = 'example'
$Env:AWS_REGION = 'us-east-1'
