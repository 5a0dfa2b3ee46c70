// The one thing to set before uploading: where the service stands. Its host must be among the 业务域名 (web view) of the mini program.
module.exports = { site: 'https://huiyin.example.cn' }
